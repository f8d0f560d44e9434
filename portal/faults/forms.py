"""The forms of faults."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.validators import Length, ValidationError

from portal.core.errors import DomainError
from portal.faults.models import Fault, FaultState
from portal.faults.services import Move
from portal.phrasebook.forms import WordedForm
from portal.tickets.services import Resolution
from portal.ui.forms import OnceForm, clean

_LONG = Length(max=20_000, message=_l("Keep it under 20,000 characters."))
_SHORT = Length(max=500, message=_l("Keep it under 500 characters."))


NONE = "none"


def _named(fault: Fault) -> str:
    """Return a fault as it stands in a list, with the version that mends it where that is out."""
    if fault.state != FaultState.RELEASED:
        return f"{fault.reference} {fault.title}"
    return str(
        _(
            "%(fault)s (version %(version)s is out)",
            fault=f"{fault.reference} {fault.title}",
            version=fault.target_version,
        )
    )


class JoinForm(OnceForm):
    """Which fault a ticket waits for: one that is known, or a new one."""

    fault = SelectField(_l("A fault that is known"), filters=[clean], validate_choice=False)
    title = StringField(
        _l("Or a new fault"),
        filters=[clean],
        description=_l("What is wrong in the product, in one line."),
        validators=[Length(max=200, message=_l("Keep it under 200 characters."))],
    )

    came_back = BooleanField(_l("It came back: they run the version that should have mended it"))

    def offer(self, known: Sequence[Fault], current: Fault | None) -> None:
        """Offer the faults that are known; a ticket that waits for one may wait for none."""
        none = [(NONE, str(_("It waits for no fault any more")))] if current is not None else []
        self.fault.choices = [("", "–"), *((each.reference, _named(each)) for each in known), *none]

    def validate_title(self, field: Field) -> None:
        """One of the two must be there."""
        if not field.data and not self.fault.data:
            raise ValidationError(_("Choose a fault, or say in one line what is wrong."))

    def refuse(self) -> None:
        """Say that the fault that was chosen is not there."""
        self.fault.errors = [_("This fault is not there any more. Choose another one.")]


class MoveForm(WordedForm, OnceForm):
    """Where a fault goes next, and what customers read when its version is out."""

    READ_BY_CUSTOMERS = ("cause", "fix", "prevention")
    state = SelectField(_l("Next"), validate_choice=False)
    words = StringField(_l("For colleagues"), filters=[clean], validators=[_SHORT])
    target_version = StringField(
        _l("Planned for version"),
        filters=[clean],
        validators=[Length(max=60, message=_l("Keep it under 60 characters."))],
    )
    cause = TextAreaField(_l("Why it happened"), filters=[clean], validators=[_LONG])
    fix = TextAreaField(_l("What was done"), filters=[clean], validators=[_LONG])
    prevention = TextAreaField(_l("How it is avoided"), filters=[clean], validators=[_LONG])

    def validate_state(self, field: Field) -> None:
        """Take one of the steps that may follow."""
        if field.data not in dict(self.state.choices):
            raise ValidationError(_("Choose what comes next."))

    def step(self) -> Move:
        """Return what was filled in."""
        solution = Resolution(cause=self.cause.data, fix=self.fix.data, prevention=self.prevention.data)
        return Move(FaultState(self.state.data), self.words.data, self.target_version.data, solution)

    def refuse(self, error: DomainError) -> None:
        """Say beside a field what is missing."""
        field, words = {
            "no-version": (self.target_version, _("Enter the version that will bring the fix.")),
            "no-solution": (self.cause, _("Write all three parts; customers read them when the version is out.")),
            "no-words": (self.words, _("Say why it is closed, so that nobody asks again.")),
        }.get(error.code, (self.state, _("A colleague has moved it on meanwhile. Look at where it stands now.")))
        field.errors = [words]
