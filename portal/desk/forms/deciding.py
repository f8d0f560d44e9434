"""Forms that decide something about a ticket: a note, its solution, its priority, whose it is."""

from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import MultipleFileField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.validators import DataRequired, Length, ValidationError

from portal.core.errors import DomainError
from portal.desk.forms.base import TicketForm, cut, fits
from portal.desk.forms.plain import WordedTicketForm
from portal.tickets.models import Priority


class NoteForm(TicketForm):
    """A note for colleagues."""

    body = TextAreaField(
        _l("To colleagues"),
        filters=[cut],
        validators=[DataRequired(_l("Write what colleagues should know.")), fits],
    )
    files = MultipleFileField(_l("Pictures or files"))

    def done(self) -> str:
        """Say what has happened."""
        return str(_("Kept as a note. No customer sees it."))


class ResolutionForm(WordedTicketForm):
    """Why it happened, what was done, how to avoid it."""

    READ_BY_CUSTOMERS = ("cause", "fix", "prevention")
    cause = TextAreaField(
        _l("Cause: why it happened"),
        filters=[cut],
        validators=[DataRequired(_l("Write why it happened, in the customer’s words.")), fits],
    )
    fix = TextAreaField(
        _l("Fix: what was done"),
        filters=[cut],
        validators=[DataRequired(_l("Write what was done.")), fits],
    )
    prevention = TextAreaField(
        _l("Prevention: how to avoid it"),
        filters=[cut],
        validators=[DataRequired(_l("Write how to avoid it, or what we do so that it stays away.")), fits],
    )

    def done(self) -> str:
        """Say what has happened."""
        return str(_("Sent as solved. The customer is asked to confirm."))


class PriorityForm(WordedTicketForm):
    """How soon a ticket needs us, and why."""

    READ_BY_CUSTOMERS = ("because",)
    priority = SelectField(_l("Priority"), choices=[each.value for each in Priority], validate_choice=False)
    because = StringField(
        _l("Because"),
        filters=[cut],
        validators=[
            DataRequired(_l("Write the reason. The customer reads it.")),
            Length(max=300, message=_l("Keep it under 300 characters.")),
        ],
    )

    def validate_priority(self, field: Field) -> None:
        """Take the four there are."""
        if field.data not in set(Priority):
            raise ValidationError(_("Choose one of P1 to P4."))

    def done(self) -> str:
        """Say what has happened."""
        return str(_("The priority is changed, and the customer sees why."))


class TakingForm(TicketForm):
    """Taking a ticket on, with nothing to fill in."""

    def done(self) -> str:
        """Say what has happened."""
        return str(_("You have it now. The customer sees your name."))


class ReopeningForm(TicketForm):
    """Taking a solved or closed ticket up again."""

    def done(self) -> str:
        """Say what has happened."""
        return str(_("Opened again. A person answers as soon as for a new ticket."))


class VerifyingForm(TicketForm):
    """Whose call-back it is."""

    contact = RadioField(_l("Who asked for the call?"), validate_choice=False)

    def validate_contact(self, field: Field) -> None:
        """Take one of those that were found."""
        if self.contact_id is None:
            raise ValidationError(_("Choose the person you spoke to."))

    @property
    def contact_id(self) -> UUID | None:
        """The contact who was chosen."""
        try:
            return UUID(str(self.contact.data))
        except ValueError:
            return None

    def refuse_stranger(self) -> None:
        """Say that there is nobody like that."""
        self.contact.errors = [_("Choose the person you spoke to.")]

    def words_for(self, error: DomainError) -> tuple[str, str]:
        """Say that a colleague was quicker."""
        return "contact", str(_("A colleague has linked this call-back already."))

    def done(self) -> str:
        """Say what has happened."""
        return str(_("Linked. The contact was sent the number and sees the ticket now."))


class StepsForm(WordedTicketForm):
    """The words with which the customer is asked whether they did exactly so."""

    READ_BY_CUSTOMERS = ("words",)
    words = TextAreaField(
        _l("What the customer reads before the steps"),
        filters=[cut],
        validators=[DataRequired(_l("Write what the customer is to read.")), fits],
    )

    def words_for(self, error: DomainError) -> tuple[str, str]:
        """Say that it can't be asked now."""
        if error.code == "not-allowed":
            return "words", str(_("The ticket waits for the customer already, or it has ended."))
        return super().words_for(error)
