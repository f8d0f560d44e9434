"""Moving a ticket from state to state, only ever through the guard table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.tickets import messages
from portal.tickets.models import Audience, Event, EventKind, Outcome, Ticket, TicketState, WaitReason
from portal.tickets.permissions import ENDED, Need, can_reopen, require
from portal.tickets.queries.status import CUSTOMER_STATES
from portal.tickets.services import joining, promises, solving_clock, telling
from portal.tickets.services.agreed import agreed
from portal.tickets.services.recording import Happening, record

CLOSES_AFTER_WORKING_DAYS: Mapping[TicketState, int] = {TicketState.WAITING_CUSTOMER: 10, TicketState.RESOLVED: 6}
"""How long a ticket waits for the customer before it closes by itself."""
FIRST_REMINDER_WORKING_DAYS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChange:
    """Where a ticket is to go, and what the move needs."""

    to: TicketState
    words: str = ""
    """What the customer reads; for a question to them it is required."""
    reason: WaitReason | None = None
    fix_version: str = ""
    fix_on: date | None = None
    parent_id: UUID | None = None
    """The ticket of which this one is a duplicate."""
    next_by: datetime | None = None
    attachments: Sequence[UUID] = ()
    about: str = ""
    """The part of the snapshot that the words are about."""
    asks_for_steps: bool = False
    """Whether the customer is asked if they did exactly what the description says, step by step."""


def change_state(session: Session, ticket: Ticket, *, change: StateChange, by: Actor, at: datetime) -> Event:
    """Move a ticket on; the customer is told when what they see changes, or when there are words for them."""
    require(ticket.state, change.to, by=by, given=_given(ticket, change, at=at))
    parent = _goes_on_in(session, ticket, change)
    before = _as_customers_see(ticket)
    enter(session, ticket, change.to, at=at)
    _note_details(ticket, change)
    is_seen = bool(change.words) or _as_customers_see(ticket) != before
    event = record(session, ticket, _happening(ticket, change, parent, is_seen=is_seen), by=by, at=at)
    _settle(session, ticket, event, change, by=by)
    if parent is not None:
        joining.note_duplicate(session, ticket, parent, by=by, at=at)
    if is_seen:
        telling.tell(session, ticket, _message_for(ticket.state), event)
    return event


def _goes_on_in(session: Session, ticket: Ticket, change: StateChange) -> Ticket | None:
    """Return the ticket in which one that ends as the same goes on."""
    if change.to != TicketState.DUPLICATE or change.parent_id is None:
        return None
    return joining.find_same(session, ticket, change.parent_id)


def enter(session: Session, ticket: Ticket, state: TicketState, *, at: datetime) -> None:
    """Set a ticket's state and the times that go with it."""
    ticket.state = state
    ticket.wait_reason, ticket.reminders = "", 0
    ticket.closes_at = ticket.wakes_at = ticket.accepted_due_at = None
    ticket.resolved_at = at if state == TicketState.RESOLVED else ticket.resolved_at if state in ENDED else None
    ticket.closed_at = at if state in ENDED else None
    if state in CLOSES_AFTER_WORKING_DAYS:
        calendar = agreed(session, ticket).calendar
        ticket.closes_at = calendar.walk_days(at, CLOSES_AFTER_WORKING_DAYS[state])
        ticket.wakes_at = calendar.walk_days(at, FIRST_REMINDER_WORKING_DAYS)


def wake_up(session: Session, ticket: Ticket, event: Event, *, by: Actor) -> None:
    """Take a ticket back from the customer when they did something about it, and start its clock again."""
    if by.is_customer and ticket.state == TicketState.WAITING_CUSTOMER:
        require(ticket.state, TicketState.IN_PROGRESS, by=by)
        enter(session, ticket, TicketState.IN_PROGRESS, at=event.at)
    if ticket.state not in promises.NOTHING_PROMISED:
        promises.wake(session, ticket, event)
        solving_clock.follow(session, ticket, event)


def _as_customers_see(ticket: Ticket) -> tuple[object, ...]:
    """Return what a customer is told about: the state they see, and the version and the day of a planned fix."""
    return CUSTOMER_STATES[ticket.state], ticket.fix_version, ticket.fix_on


def _given(ticket: Ticket, change: StateChange, *, at: datetime) -> set[Need]:
    """Return which needs of a move are met."""
    there = {
        Need.QUESTION: bool(change.words),
        Need.REASON: change.reason is not None,
        Need.FIX_VERSION: bool(change.fix_version),
        Need.OTHER_TICKET: change.parent_id is not None,
        Need.IN_TIME: can_reopen(ticket, at=at),
        Need.OVERDUE: ticket.closes_at is not None and ticket.closes_at <= at,
    }
    return {need for need, is_met in there.items() if is_met}


def _note_details(ticket: Ticket, change: StateChange) -> None:
    ticket.wait_reason = change.reason or ""
    ticket.parent_id = change.parent_id or ticket.parent_id
    if change.to == TicketState.FIX_SCHEDULED:
        ticket.fix_version, ticket.fix_on = change.fix_version, change.fix_on


_KINDS: Mapping[TicketState, EventKind] = {
    TicketState.WAITING_CUSTOMER: EventKind.ASKED,
    TicketState.FIX_SCHEDULED: EventKind.PLANNED,
}
_MESSAGES: Mapping[TicketState, str] = {
    TicketState.WAITING_CUSTOMER: messages.QUESTION,
    TicketState.CANCELLED: messages.CLOSED,
}


def _message_for(state: TicketState) -> str:
    return _MESSAGES.get(state, messages.UPDATE)


def _happening(ticket: Ticket, change: StateChange, parent: Ticket | None, *, is_seen: bool) -> Happening:
    facts = {
        "state": change.to,
        "reason": change.reason,
        "fix_version": change.fix_version,
        "fix_on": change.fix_on.isoformat() if change.fix_on else None,
        "next_by": change.next_by.isoformat() if change.next_by else None,
        "goes_on_in": parent.reference if parent else None,
        "about": change.about,
        "revision": ticket.revision if change.about else None,
        "steps": ticket.revision if change.asks_for_steps else None,
    }
    return Happening(
        kind=_KINDS.get(change.to) or (EventKind.UPDATED if change.words else EventKind.MOVED),
        audience=Audience.CUSTOMER if is_seen else Audience.INTERNAL,
        body=change.words,
        facts={name: value for name, value in facts.items() if value},
        attachments=change.attachments,
    )


def _settle(session: Session, ticket: Ticket, event: Event, change: StateChange, *, by: Actor) -> None:
    """Let the ledger follow: words keep promises, an end ends them, coming back from the customer starts the clock."""
    if ticket.state in ENDED:
        promises.end_all(session, ticket, event, in_time=Outcome.SUPERSEDED)
    elif event.kind != EventKind.MOVED:
        promises.keep(session, ticket, event, next_by=change.next_by)
        solving_clock.follow(session, ticket, event)
    else:
        wake_up(session, ticket, event, by=by)
