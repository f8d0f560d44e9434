"""Forms that bring tickets together, or take a part out of one."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.validators import DataRequired, Length, ValidationError

from portal.core.errors import DomainError
from portal.desk.forms.base import cut, fits
from portal.desk.forms.words import why_not_the_same
from portal.phrasebook.forms import WordedForm
from portal.tickets.models import Priority
from portal.ui.forms import OnceForm

_IS_NUMBER = (
    DataRequired(_l("Enter the number of the other ticket, for example T-2026-000123.")),
    Length(max=60, message=_l("Keep it under 60 characters.")),
)


class LinkForm(OnceForm):
    """The number of another ticket."""

    other = StringField(_l("Number of the other ticket"), filters=[cut], validators=_IS_NUMBER)

    def refuse_other(self) -> None:
        """Say that there is no such ticket."""
        self.other.errors = [_("No ticket has this number. Enter it as in T-2026-000123.")]

    def refuse(self, error: DomainError) -> None:
        """Say why the two can't be linked."""
        words = {
            "same": _("This is the ticket itself. Enter the number of another one."),
            "already": _("The two are linked already."),
            "not-linked": _("The two are not linked any more."),
            **why_not_the_same(),
        }
        self.other.errors = [words.get(error.code) or _("This can't be done with the ticket as it now stands.")]


class SameForm(WordedForm, LinkForm):
    """The ticket in which we go on, and what the customer reads."""

    READ_BY_CUSTOMERS = ("words",)
    words = TextAreaField(
        _l("What the customer reads"),
        filters=[cut],
        validators=[DataRequired(_l("Write what the customer is to read.")), fits],
    )


class UnlinkForm(OnceForm):
    """The other ticket of a link that is taken back."""

    other = HiddenField(filters=[cut])


class SplitForm(WordedForm, OnceForm):
    """What the part is called, and what the customer reads about it."""

    READ_BY_CUSTOMERS = ("title", "words")
    priority = SelectField(_l("Priority"), choices=[each.value for each in Priority], validate_choice=False)
    title = StringField(
        _l("What goes on by itself"),
        filters=[cut],
        validators=[
            DataRequired(_l("Enter a title for the new ticket.")),
            Length(max=200, message=_l("Keep it under 200 characters.")),
        ],
    )
    words = TextAreaField(
        _l("What the customer reads"),
        filters=[cut],
        validators=[DataRequired(_l("Write what the customer is to read.")), fits],
    )

    def propose(self, priority: Priority) -> None:
        """Propose the priority of the whole; that a part of it can't wait is for the agent to say."""
        self.priority.data = max(priority, Priority.P2)

    def validate_priority(self, field: Field) -> None:
        """Take the four there are."""
        if field.data not in set(Priority):
            raise ValidationError(_("Choose one of P1 to P4."))

    def refuse(self, _error: DomainError) -> None:
        """Say that it is too late."""
        self.title.errors = [_("The ticket has ended. Open it again before you split it.")]
