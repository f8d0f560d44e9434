"""The small forms around an interview: starting one, and a call-back for somebody who isn't signed in."""

import secrets

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from intake.kinds.base import normalised
from intake.kinds.phone import phone_from
from portal.ui.forms import OnceForm, clean


def once_of(form: OnceForm) -> str:
    """Return the key of a form; one that came without gets its own, so that it isn't taken for another."""
    return str(form.once.data or secrets.token_hex(16))


class StartForm(OnceForm):
    """Which questionnaire to begin."""

    questionnaire = HiddenField()
    notice = HiddenField()
    """The id of a notice beside which help was asked for."""
    follows = HiddenField()
    """The reference of a closed ticket that this one follows up."""


class CallBackForm(OnceForm):
    """What we need to call somebody back when work has stopped."""

    what = TextAreaField(
        _l("What has stopped?"),
        filters=[clean],
        description=_l("One sentence is enough, such as: no orders can be written in the whole hospital."),
        validators=[
            DataRequired(_l("Say in one sentence what has stopped")),
            Length(max=500, message=_l("Keep it to 500 characters. You can tell the rest on the phone.")),
        ],
    )
    phone = StringField(
        _l("Phone we can call now"),
        filters=[clean],
        validators=[DataRequired(_l("Enter a phone number, for example 010-5555-0100"))],
    )
    name = StringField(
        _l("Your name"),
        filters=[clean],
        validators=[DataRequired(_l("Enter your name")), Length(max=120, message=_l("Keep it to 120 characters."))],
    )
    organisation = StringField(
        _l("Your hospital or company"),
        filters=[clean],
        validators=[
            DataRequired(_l("Enter the name of your hospital or company")),
            Length(max=160, message=_l("Keep it to 160 characters.")),
        ],
    )

    def validate_phone(self, field: StringField) -> None:
        """Take any way of writing a number, and keep it as it can be dialled."""
        number = phone_from(normalised(field.data or ""))
        if number is None:
            raise ValidationError(_l("Enter a phone number, for example 010-5555-0100"))
        field.data = number
