"""What a customer sees of a ticket's state: who has the ball, what happens next, by when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from portal.tickets.models import Decision, TicketKind, TicketState
from portal.tickets.permissions import REOPEN_WINDOW


class CustomerState(StrEnum):
    """The six states that customers see."""

    RECEIVED = "received"
    WORKING = "working"
    WAITING_FOR_YOU = "waiting_for_you"
    FIX_PLANNED = "fix_planned"
    PLEASE_CONFIRM = "please_confirm"
    CLOSED = "closed"


class Holder(StrEnum):
    """Who has the ball."""

    US = "us"
    YOU = "you"
    NOBODY = "nobody"


class DueKind(StrEnum):
    """What the shown time is about."""

    FIRST_REPLY = "first_reply"
    UPDATE = "update"
    ANSWER = "answer"
    CONFIRM = "confirm"
    REOPEN = "reopen"


CUSTOMER_STATES: Mapping[TicketState, CustomerState] = {
    TicketState.NEW: CustomerState.RECEIVED,
    TicketState.TRIAGED: CustomerState.RECEIVED,
    TicketState.IN_PROGRESS: CustomerState.WORKING,
    TicketState.WAITING_INTERNAL: CustomerState.WORKING,
    TicketState.WAITING_VENDOR: CustomerState.WORKING,
    TicketState.WAITING_CUSTOMER: CustomerState.WAITING_FOR_YOU,
    TicketState.FIX_SCHEDULED: CustomerState.FIX_PLANNED,
    TicketState.RESOLVED: CustomerState.PLEASE_CONFIRM,
    TicketState.CLOSED: CustomerState.CLOSED,
    TicketState.DUPLICATE: CustomerState.CLOSED,
    TicketState.CANCELLED: CustomerState.CLOSED,
}
_HOLDERS: Mapping[CustomerState, Holder] = {
    CustomerState.WAITING_FOR_YOU: Holder.YOU,
    CustomerState.PLEASE_CONFIRM: Holder.YOU,
    CustomerState.CLOSED: Holder.NOBODY,
}


class Standing(Protocol):
    """What of a ticket its status is made of; a row of any list has it."""

    @property
    def state(self) -> TicketState:
        """Where it stands, as support knows it."""

    @property
    def kind(self) -> TicketKind:
        """Whether it is a problem or a wish."""

    @property
    def decision(self) -> Decision | None:
        """What was decided about a wish."""

    @property
    def wait_reason(self) -> str:
        """Why it rests with us."""

    @property
    def next_due_at(self) -> datetime | None:
        """The earliest open promise."""

    @property
    def closes_at(self) -> datetime | None:
        """When it closes by itself."""

    @property
    def closed_at(self) -> datetime | None:
        """When it ended."""

    @property
    def fix_version(self) -> str:
        """The version that will bring the fix."""

    @property
    def fix_on(self) -> date | None:
        """When that version is planned."""

    @property
    def assignee_name(self) -> str | None:
        """Who takes care of it."""


@dataclass(frozen=True, slots=True)
class Status:
    """Who has it, what next, by when; the words are found on the page."""

    state: CustomerState
    holder: Holder
    assignee_name: str | None
    next: str
    """What happens next, as a code: the state inside, or the reason for which it rests with us."""
    due_kind: DueKind | None
    due_at: datetime | None
    fix_version: str
    fix_on: date | None


def status_of(ticket: Standing) -> Status:
    """Return what a customer sees of where a ticket stands."""
    inside = TicketState(ticket.state)
    state = CUSTOMER_STATES[inside]
    kind, due_at = _due(ticket, state)
    return Status(
        state=state,
        holder=_HOLDERS.get(state, Holder.US),
        assignee_name=ticket.assignee_name,
        next=ticket.wait_reason or _about_a_wish(ticket) or inside,
        due_kind=kind if due_at else None,
        due_at=due_at,
        fix_version=ticket.fix_version,
        fix_on=ticket.fix_on,
    )


def _about_a_wish(ticket: Standing) -> str:
    """Return what comes next of a wish by what was decided; nothing where its state says it already."""
    if ticket.kind == TicketKind.PROBLEM:
        return ""
    if ticket.decision == Decision.DECLINED:
        return "declined"
    if ticket.state == TicketState.FIX_SCHEDULED:
        return "wish_planned"
    working = CUSTOMER_STATES[TicketState(ticket.state)] in (CustomerState.RECEIVED, CustomerState.WORKING)
    return (ticket.decision or "considered") if working else ""


def _due(ticket: Standing, state: CustomerState) -> tuple[DueKind | None, datetime | None]:
    if state is CustomerState.WAITING_FOR_YOU:
        return DueKind.ANSWER, ticket.closes_at
    if state is CustomerState.PLEASE_CONFIRM:
        return DueKind.CONFIRM, ticket.closes_at
    if state is CustomerState.CLOSED:
        reopens = ticket.state == TicketState.CLOSED and ticket.closed_at is not None
        return (DueKind.REOPEN, ticket.closed_at + REOPEN_WINDOW) if reopens and ticket.closed_at else (None, None)
    kind = DueKind.FIRST_REPLY if state is CustomerState.RECEIVED else DueKind.UPDATE
    return kind, ticket.next_due_at
