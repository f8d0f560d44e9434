"""Answers that come by the printed sheet or the phone, and what pages say about them."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from portal.notices.forms.answers import AnswerForm, ReadForm
from portal.notices.forms.options import options
from portal.notices.models import Channel, ReceiptKind
from portal.ui.forms import OnceForm, clean

_ANSWERS = {
    ReceiptKind.DONE.value: _l("Everything is done"),
    ReceiptKind.IN_PROGRESS.value: _l("Begun, and not done yet"),
    ReceiptKind.READ.value: _l("Read"),
    ReceiptKind.NEED_HELP.value: _l("Help is needed"),
    ReceiptKind.NOT_APPLICABLE.value: _l("It does not apply there"),
}
_SOMEBODY_ELSE = ""


class CopyAnswerForm(AnswerForm):
    """What somebody answers who holds the printed sheet in their hands."""

    name = StringField(
        _l("Your name"),
        description=_l("So that we know whom to ask."),
        filters=[clean],
        validators=[InputRequired(_l("Enter your name.")), Length(max=80, message=_l("Keep it to 80 characters."))],
    )
    phone = StringField(
        _l("On which number can we reach you?"),
        description=_l("You can leave it out, unless you need help."),
        filters=[clean],
        validators=[Length(max=40, message=_l("Keep it to 40 characters."))],
    )

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for a number where somebody needs help: nobody can call back without one."""
        is_fine = super().validate(extra_validators)
        if is_fine and self.answer.data == ReceiptKind.NEED_HELP and not self.phone.data:
            self.phone.errors = [_("Enter your phone number, so that we can call you back.")]
            return False
        return bool(is_fine)


class CallForm(ReadForm):
    """What an agent writes down that somebody said on the phone."""

    person = SelectField(_l("Who said it?"), validate_choice=True)
    name = StringField(
        _l("Name"),
        description=_l("Only for somebody who is not in the list."),
        filters=[clean],
        validators=[Length(max=80, message=_l("Keep it to 80 characters."))],
    )
    answer = RadioField(
        _l("What did they say?"),
        choices=options(_ANSWERS),
        validators=[InputRequired(_l("Choose one of the answers."))],
    )

    def offer(self, people: list[tuple[str, str]]) -> None:
        """Give the people to choose from."""
        self.person.choices = [*people, (_SOMEBODY_ELSE, _("Somebody else"))]


class SlipForm(OnceForm):
    """What stands on a slip that came back."""

    code = StringField(
        _l("Code on the slip"),
        description=_l("It stands beside the organisation’s name. Capitals and spaces don’t matter."),
        filters=[clean],
        validators=[
            InputRequired(_l("Enter the code of the slip.")),
            Length(max=40, message=_l("A code has ten letters and digits, and the number of the revision.")),
        ],
    )
    answer = RadioField(
        _l("What is ticked?"), choices=options(_ANSWERS), validators=[InputRequired(_l("Choose one of the answers."))]
    )
    name = StringField(
        _l("Name on the slip"), filters=[clean], validators=[Length(max=80, message=_l("Keep it to 80 characters."))]
    )
    phone = StringField(
        _l("Phone on the slip"), filters=[clean], validators=[Length(max=40, message=_l("Keep it to 40 characters."))]
    )


class ErrorTextForm(OnceForm):
    """An error message by which a known issue is recognised."""

    text = TextAreaField(
        _l("The error message, as customers paste it"),
        description=_l("Numbers, addresses and names in it don’t matter, and secrets are taken out before it is kept."),
        filters=[clean],
        validators=[
            InputRequired(_l("Paste the message.")),
            Length(max=20_000, message=_l("Keep it to 20,000 characters: the lines around the error are enough.")),
        ],
    )


def taken(organisation: str, *, outdated: int = 0) -> str:
    """Say that an answer was written down, and to which revision where that asked for something else."""
    if outdated:
        words = _(
            "Written down for %(organisation)s. They read revision %(number)s; what is to be done has changed since, "
            "so they are asked again.",
            organisation=organisation,
            number=outdated,
        )
        return str(words)
    return str(_("Written down for %(organisation)s.", organisation=organisation))


def no_such_copy() -> str:
    """Say that a code leads nowhere."""
    return str(_("No printed sheet has this code, or its notice is no longer in force. Please look at the slip again."))


def too_often() -> str:
    """Say that enough answers came from one place."""
    return str(
        _("Many answers have come from this place within an hour. Please call us: what you typed is still here.")
    )


def thanks_by_sheet(kind: str, *, is_outdated: bool) -> str:
    """Thank somebody who answered by the printed sheet."""
    if kind == ReceiptKind.NEED_HELP:
        return str(_("Thank you. We call you back. If it is urgent, please call us."))
    if is_outdated:
        return str(
            _("Thank you. Your answer has arrived. What is to be done has changed since your sheet was printed.")
        )
    return str(_("Thank you. Your answer has arrived, and nobody calls to remind you."))


def call_sheet_head() -> list[str]:
    """Return the heads of the call sheet's columns in a file."""
    return [
        _("Organisation"),
        _("Where it stands"),
        _("Name"),
        _("Function"),
        _("Phone"),
        _("E-mail"),
    ]


def standing_words(*, is_opened: bool, wants_help: bool) -> str:
    """Say where an organisation on the call sheet stands."""
    if wants_help:
        return str(_("Help asked for"))
    return str(_("Opened, not answered")) if is_opened else str(_("Not opened"))


CHANNEL_WORDS = {
    Channel.PORTAL: _l("on the page"),
    Channel.QR: _l("by the code on the sheet"),
    Channel.SLIP: _l("on the slip"),
    Channel.PHONE: _l("on the phone"),
}
"""By which way an answer came."""
