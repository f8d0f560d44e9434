"""The ledger: promises are made and end, but never change."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core.actor import SYSTEM, Actor
from portal.core.calendar import OFFICE
from portal.core.errors import DomainError
from portal.tickets.models import (
    UPDATES,
    Audience,
    Event,
    Outcome,
    Promise,
    PromiseKind,
    PromiseOutcome,
    Ticket,
    TicketState,
)
from portal.tickets.permissions import ENDED
from portal.tickets.services import policies

BY_PERSON = "person"
_APOLOGY = "apology"
NOTHING_PROMISED = ENDED | {TicketState.WAITING_CUSTOMER, TicketState.RESOLVED}
"""While it is the customer's turn, and after the end, no next update is promised."""


class PromiseError(DomainError):
    """A time that can't be promised: it has passed, or it is later than the customer was told to expect."""


def make(
    session: Session, event: Event, kind: PromiseKind, due_at: datetime, *, by: Actor = SYSTEM, source: str
) -> Promise:
    """Promise that the customer hears by a time."""
    row = Promise(
        ticket_id=event.ticket_id,
        kind=kind,
        due_at=due_at,
        made_at=event.at,
        made_by=by.person_id,
        source=source,
        event_id=event.id,
    )
    session.add(row)
    return row


def promise_first_reply(session: Session, ticket: Ticket, event: Event) -> Promise:
    """Promise a new ticket's first reply."""
    due = _first_reply_due(ticket, event.at)
    promise = make(session, event, PromiseKind.FIRST_REPLY, due, source=_source(ticket))
    ticket.next_due_at = due
    return promise


def keep(session: Session, ticket: Ticket, event: Event, *, next_by: datetime | None, by: Actor) -> None:
    """Let an update end what was promised, kept or late, and promise the next one."""
    latest = _cadence(session, ticket, event.at)
    _require_promisable(next_by, latest, at=event.at)
    end_all(session, ticket, event)
    if ticket.state not in NOTHING_PROMISED:
        source = BY_PERSON if next_by else _source(ticket)
        make(session, event, PromiseKind.NEXT_UPDATE, next_by or latest, by=by, source=source)
    refresh(session, ticket)


def wake(session: Session, ticket: Ticket, event: Event) -> None:
    """Start the clock again where nothing is promised, because the customer did something or it is our turn again."""
    if not open_promises(session, ticket):
        due = _cadence(session, ticket, event.at)
        make(session, event, PromiseKind.NEXT_UPDATE, due, source=_source(ticket))
        refresh(session, ticket)


def bring_forward(session: Session, ticket: Ticket, event: Event, due_at: datetime) -> None:
    """Promise an earlier time in place of later ones; what is overdue stays, for it will be missed."""
    found = open_promises(session, ticket)
    for promise in found:
        if promise.due_at > due_at:
            end(session, [promise], event, Outcome.SUPERSEDED)
            make(session, event, PromiseKind(promise.kind), due_at, source=_source(ticket))
    if not found:
        make(session, event, PromiseKind.NEXT_UPDATE, due_at, source=_source(ticket))
    refresh(session, ticket)


def answer_soon(session: Session, ticket: Ticket, event: Event) -> None:
    """Promise that a person answers as soon as for a new ticket, because it got worse or came back."""
    bring_forward(session, ticket, event, _first_reply_due(ticket, event.at))


def new_time(ticket: Ticket, missed: Promise, *, at: datetime) -> datetime:
    """Return by when we now write, after a promise was missed."""
    is_repeated = missed.source.startswith(_APOLOGY)
    return policies.apology_due(ticket.priority, at, OFFICE, is_repeated=is_repeated)


def apologise(session: Session, ticket: Ticket, event: Event, missed: Sequence[Promise]) -> None:
    """End promises as missed and promise a new time for each."""
    end(session, missed, event, Outcome.MISSED)
    for promise in missed:
        due_at = new_time(ticket, promise, at=event.at)
        make(session, event, PromiseKind(promise.kind), due_at, source=f"{_APOLOGY} {_source(ticket)}")
    refresh(session, ticket)


def end_all(session: Session, ticket: Ticket, event: Event, *, in_time: Outcome = Outcome.KEPT) -> None:
    """End every open promise: in time as said, or missed where the time has passed."""
    found = open_promises(session, ticket)
    end(session, [each for each in found if each.due_at >= event.at], event, in_time)
    end(session, [each for each in found if each.due_at < event.at], event, Outcome.MISSED)
    session.flush()
    refresh(session, ticket)


def end(session: Session, promises: Iterable[Promise], event: Event, outcome: Outcome) -> None:
    """Write down how promises ended."""
    session.add_all(
        PromiseOutcome(promise_id=each.id, outcome=outcome, event_id=event.id, at=event.at) for each in promises
    )


def open_promises(session: Session, ticket: Ticket) -> Sequence[Promise]:
    """Return what is promised and has not ended, the earliest first."""
    session.flush()
    return session.scalars(
        select(Promise)
        .outerjoin(PromiseOutcome, PromiseOutcome.promise_id == Promise.id)
        .where(Promise.ticket_id == ticket.id, PromiseOutcome.promise_id.is_(None))
        .order_by(Promise.due_at)
    ).all()


def refresh(session: Session, ticket: Ticket) -> None:
    """Show the earliest open promise on the ticket."""
    ticket.next_due_at = min((each.due_at for each in open_promises(session, ticket)), default=None)


def _first_reply_due(ticket: Ticket, at: datetime) -> datetime:
    return policies.first_reply_due(policies.POLICIES[ticket.policy], ticket.priority, at, OFFICE)


def _source(ticket: Ticket) -> str:
    return policies.POLICIES[ticket.policy].source(OFFICE)


def _cadence(session: Session, ticket: Ticket, at: datetime) -> datetime:
    updates = select(func.count()).where(
        Event.ticket_id == ticket.id,
        Event.kind.in_(UPDATES),
        Event.audience == Audience.CUSTOMER,
        Event.at >= OFFICE.start_of_week(at),
    )
    course = policies.Course(ticket.priority, ticket.opened_at, session.execute(updates).scalar_one())
    return policies.next_update_due(course, at, OFFICE)


def _require_promisable(next_by: datetime | None, latest: datetime, *, at: datetime) -> None:
    if next_by is not None and next_by <= at:
        raise PromiseError("promise-has-passed")
    if next_by is not None and next_by > latest:
        raise PromiseError("promise-too-late", latest=latest)
