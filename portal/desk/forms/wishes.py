"""What an agent decides about a wish."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.validators import DataRequired, Length, ValidationError

from portal.core.errors import DomainError
from portal.desk.forms.base import cut, fits
from portal.desk.forms.moving import read_moment
from portal.desk.forms.plain import WordedTicketForm
from portal.tickets.models import Decision, TicketKind


class VerdictForm(WordedTicketForm):
    """What kind of wish it is, what was decided, why, and the version that will have it."""

    READ_BY_CUSTOMERS = ("words",)
    kind = SelectField(_l("What it is"), validate_choice=False)
    decision = SelectField(_l("Decision"), validate_choice=False)
    words = TextAreaField(
        _l("Why, in the customer’s words"),
        filters=[cut],
        validators=[DataRequired(_l("Write the reason. The customer reads it.")), fits],
    )
    target = StringField(
        _l("Version that will have it"),
        filters=[cut],
        validators=[Length(max=60, message=_l("Keep it under 60 characters."))],
    )
    around = StringField(_l("Planned for"), filters=[cut])

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Offer the kinds of wishes and the decisions there are."""
        super().__init__(*args, **kwargs)
        self.kind.choices = [
            (TicketKind.FEATURE.value, str(_("A wish for the product"))),
            (TicketKind.SERVICE.value, str(_("A service request"))),
        ]
        self.decision.choices = [
            (Decision.ACCEPTED.value, str(_("Accepted"))),
            (Decision.LATER.value, str(_("Later"))),
            (Decision.DECLINED.value, str(_("Declined"))),
        ]

    def validate_kind(self, field: Field) -> None:
        """Take the kinds of wishes there are."""
        if field.data not in dict(self.kind.choices):
            raise ValidationError(_("Choose what it is."))

    def validate_decision(self, field: Field) -> None:
        """Take the decisions there are."""
        if field.data not in dict(self.decision.choices):
            raise ValidationError(_("Choose a decision."))

    def validate_around(self, field: Field) -> None:
        """Take a day, or nothing."""
        if field.data and self.planned_on is None:
            raise ValidationError(_("Enter a day, for example 2026-04-30."))

    @property
    def planned_on(self) -> date | None:
        """When it is planned to be there."""
        wall = read_moment(self.around.data)
        return wall.date() if wall else None

    def words_for(self, error: DomainError) -> tuple[str, str]:
        """Name the field that keeps the decision from being sent."""
        if error.code == "needs-words":
            return "words", str(_("Write the reason. The customer reads it."))
        return super().words_for(error)

    def done(self) -> str:
        """Say what has happened."""
        return str(_("The decision is sent to the customer, with its reason."))
