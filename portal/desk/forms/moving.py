"""Forms that move a ticket on: with words for the customer, or without."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import cast
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, MultipleFileField, SelectField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.validators import DataRequired, Length, ValidationError

from portal.core.errors import DomainError
from portal.desk.forms.base import TicketForm, cut, fits
from portal.desk.forms.plain import WordedTicketForm
from portal.desk.forms.words import reason_words, state_words, why_not_the_same
from portal.tickets.models import TicketState, WaitReason
from portal.ui import languages, moments

_SHORTER = _l("Keep it under 60 characters.")
_YEARS = range(2000, 3000)


class MoveForm(TicketForm):
    """Where a ticket goes without words for the customer."""

    state = SelectField(_l("Move to"), validate_choice=False)
    reason = SelectField(_l("What it waits for"), validate_choice=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Offer every reason for which a ticket can rest with us."""
        super().__init__(*args, **kwargs)
        self.state.choices = []
        reasons = [(each.value, reason_words(each)) for each in WaitReason]
        self.reason.choices = [("", str(_("Nothing in particular"))), *reasons]

    def validate_state(self, field: Field) -> None:
        """Take the states there are, or none for staying."""
        if field.data and field.data not in set(TicketState):
            raise ValidationError(_("Choose one of these states."))

    def validate_reason(self, field: Field) -> None:
        """Take the reasons there are."""
        if field.data and field.data not in set(WaitReason):
            raise ValidationError(_("Choose one of these reasons."))

    def offer(self, states: Iterable[TicketState], *, now: TicketState) -> None:
        """Offer the states to which the ticket may go from where it stands."""
        self.state.choices = [(each.value, state_words(each)) for each in states]

    @property
    def to(self) -> TicketState | None:
        """Where the ticket goes; None where it stays."""
        return TicketState(self.state.data) if self.state.data in set(TicketState) else None

    @property
    def wait_reason(self) -> WaitReason | None:
        """Why it rests with us."""
        return WaitReason(self.reason.data) if self.reason.data in set(WaitReason) else None

    def words_for(self, error: DomainError) -> tuple[str, str]:
        """Name the field that a move still needs, or the state from which it is not allowed."""
        if error.code == "needs-reason":
            return "reason", str(_("Choose what it waits for. The customer reads it in plain words."))
        if error.code in ("not-allowed", "not-now"):
            now = state_words(TicketState(str(error.parameters.get("start") or error.parameters["state"])))
            return "state", str(_("From “%(state)s” a ticket can't go there. Choose another state.", state=now))
        if error.code.startswith("needs-"):
            return "state", str(_("This move needs words for the customer. Use the public update."))
        return super().words_for(error)

    def done(self) -> str:
        """Say what has happened."""
        return str(_("Moved. The customer was told only if what they see has changed."))


class UpdateForm(MoveForm, WordedTicketForm):
    """What the customer reads, and what goes with it: a state, a time by which they hear again."""

    READ_BY_CUSTOMERS = ("body",)
    body = TextAreaField(
        _l("What the customer reads"),
        filters=[cut],
        validators=[DataRequired(_l("Write what the customer is to read.")), fits],
    )
    state = SelectField(_l("Who has it afterwards"), validate_choice=False)
    next_by = StringField(_l("Next update by"), filters=[cut])
    fix_version = StringField(_l("Version with the fix"), filters=[cut], validators=[Length(max=60, message=_SHORTER)])
    fix_on = StringField(_l("Planned for"), filters=[cut])
    parent = StringField(_l("The same as ticket"), filters=[cut], validators=[Length(max=60, message=_SHORTER)])
    files = MultipleFileField(_l("Pictures or files"))
    about = SelectField(_l("What it is about"), validate_choice=False)
    offered = HiddenField(filters=[cut])
    """The time of the button that was pressed; it goes before a time that was typed."""
    kept_at: datetime | None = None
    """When this was last kept, where it was begun earlier."""
    parent_id: UUID | None = None
    """The ticket that ``parent`` names, once the view has found it."""

    def offer_parts(self, parts: Sequence[tuple[str, str]]) -> None:
        """Offer the parts of the description that an update can be about; a part that isn't there is none."""
        self.about.choices = [("", str(_("The whole of it"))), *parts]
        if self.about.data not in dict(parts):
            self.about.data = ""

    def offer(self, states: Iterable[TicketState], *, now: TicketState) -> None:
        """Offer to leave the ticket where it is, too; an update takes a new one into work by itself."""
        super().offer(states, now=now)
        fresh = now in (TicketState.NEW, TicketState.TRIAGED)
        stays = state_words(TicketState.IN_PROGRESS) if fresh else _("As now: %(state)s", state=state_words(now))
        moves = [pair for pair in self.state.choices if not fresh or pair[0] != TicketState.IN_PROGRESS.value]
        self.state.choices = [("", str(stays)), *moves]

    def validate_next_by(self, field: Field) -> None:
        """Take a day and a time, or nothing."""
        if field.data and self.promised_by is None:
            raise ValidationError(_("Enter a day and a time, for example 2026-04-30 16:00."))

    def validate_fix_on(self, field: Field) -> None:
        """Take a day, or nothing."""
        if field.data and self.planned_on is None:
            raise ValidationError(_("Enter a day, for example 2026-04-30."))

    @property
    def promised_by(self) -> datetime | None:
        """When the customer hears again at the latest, as the agent's clock shows it."""
        exact = _exact(self.offered.data)
        if exact is not None:
            return exact
        wall = read_moment(self.next_by.data)
        return wall.replace(tzinfo=languages.current_zone()).astimezone(UTC) if wall else None

    @property
    def planned_on(self) -> date | None:
        """When the fix is planned to be there."""
        wall = read_moment(self.fix_on.data)
        return wall.date() if wall else None

    def refuse_parent(self) -> None:
        """Say that there is no such ticket to go on with."""
        self.has_refused = True
        self.parent.errors = [_("Enter the reference of the ticket in which we go on, for example T-2026-000123.")]

    def words_for(self, error: DomainError) -> tuple[str, str]:
        """Name the field that keeps the update from being sent."""
        words = {
            "needs-fix-version": ("fix_version", _("Enter the version that brings the fix.")),
            "same-as-last": ("body", _("The last update says the same. Write what is new since then.")),
            "promise-has-passed": ("next_by", _("This time has passed. Enter a later one.")),
        }
        if error.code == "promise-too-late":
            return "next_by", self._earlier_than(error)
        if error.code in why_not_the_same():
            return "parent", why_not_the_same()[error.code]
        return words.get(error.code) or super().words_for(error)

    def _earlier_than(self, error: DomainError) -> str:
        latest = cast(datetime, error.parameters["latest"])
        moment = moments.moment_in_words(latest, languages.current_locale(), languages.current_zone())
        return str(_("The customer hears at the latest %(moment)s. Promise that or an earlier time.", moment=moment))

    def done(self) -> str:
        """Say what has happened."""
        return str(_("Sent to the customer."))

    def kept(self) -> str:
        """Say that what was begun is kept."""
        return str(_("Kept for you. It is here when you come back; nobody else sees it."))


def _exact(written: str | None) -> datetime | None:
    """Return the moment that a button names; None for anything that isn't one."""
    try:
        moment = datetime.fromisoformat(written or "")
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo and moment.year in _YEARS else None


def read_moment(typed: str | None) -> datetime | None:
    """Return a day with a time, however its digits were typed; None where it can't be read or is far away."""
    narrow = unicodedata.normalize("NFKC", typed or "").strip()
    try:
        read = datetime.fromisoformat(narrow)
    except ValueError:
        return None
    return read.replace(tzinfo=None) if read.year in _YEARS else None
