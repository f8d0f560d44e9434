"""The ledger: promises are made and end, but never change."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core.actor import SYSTEM
from portal.core.db import in_this_transaction, new_id
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
from portal.tickets.services.agreed import agreed

BY_PERSON = "person"
ACCEPTED = "accepted"
_APOLOGY = "apology"
_OPEN = "open-promises"
_STILL_OPEN = (
    select(Promise)
    .outerjoin(PromiseOutcome, PromiseOutcome.promise_id == Promise.id)
    .where(PromiseOutcome.promise_id.is_(None), Promise.kind != PromiseKind.ACTION)
)
NOTHING_PROMISED = ENDED | {TicketState.WAITING_CUSTOMER, TicketState.RESOLVED}
"""While it is the customer's turn, and after the end, no next update is promised."""


class PromiseError(DomainError):
    """A time that can't be promised: it has passed, or it is later than the customer was told to expect."""


def make(
    session: Session, ticket: Ticket, event: Event, kind: PromiseKind, due_at: datetime, *, source: str = ""
) -> Promise:
    """Promise that the customer hears by a time; without a ``source`` it is the policy that says so."""
    agreement = agreed(session, ticket)
    found = open_promises(session, ticket)
    row = Promise(
        id=new_id(),
        ticket_id=event.ticket_id,
        kind=kind,
        due_at=due_at,
        made_at=event.at,
        made_by=event.person_id if source in (BY_PERSON, ACCEPTED) else SYSTEM.person_id,
        source=source or agreement.source,
        event=event,
        event_id=event.id,
        warns_at=policies.warning_at(agreement, event.at, due_at),
    )
    session.add(row)
    if kind != PromiseKind.ACTION:
        found.append(row)
    return row


def begin(session: Session, ticket: Ticket) -> None:
    """Say that nothing is promised yet on a ticket that is new."""
    in_this_transaction(session, _OPEN)[ticket.id] = []


def promise_first_reply(session: Session, ticket: Ticket, event: Event) -> None:
    """Promise a new ticket's first reply."""
    make(session, ticket, event, PromiseKind.FIRST_REPLY, _first_reply_due(session, ticket, event.at))
    refresh(session, ticket, at=event.at)


def keep(session: Session, ticket: Ticket, event: Event, *, next_by: datetime | None) -> None:
    """Let an update end what was promised, kept or late, and promise the next one."""
    latest, source = _next_due(session, ticket, event)
    _require_promisable(next_by, latest, at=event.at)
    settle(session, replies(open_promises(session, ticket)), event)
    if ticket.state not in NOTHING_PROMISED:
        make(
            session,
            ticket,
            event,
            PromiseKind.NEXT_UPDATE,
            next_by or latest,
            source=BY_PERSON if next_by else source,
        )
    refresh(session, ticket, at=event.at)


def wake(session: Session, ticket: Ticket, event: Event) -> None:
    """Start the clock again where nothing is promised, because the customer did something or it is our turn again.

    Whoever agreed to wait for a planned day, and writes all the same, hears as soon as anybody.
    """
    if not replies(open_promises(session, ticket)):
        due_at, source = _next_due(session, ticket, event)
        make(session, ticket, event, PromiseKind.NEXT_UPDATE, due_at, source=source)
        refresh(session, ticket, at=event.at)
    elif ticket.accepted_due_at is not None:
        bring_forward(session, ticket, event, _cadence(session, ticket, event))


def bring_forward(session: Session, ticket: Ticket, event: Event, due_at: datetime) -> None:
    """Promise an earlier time in place of later ones; what is overdue stays, for it will be missed."""
    found = replies(open_promises(session, ticket))
    for promise in found:
        if promise.due_at > due_at:
            end(session, [promise], event, Outcome.SUPERSEDED)
            make(session, ticket, event, PromiseKind(promise.kind), due_at)
    if not found:
        make(session, ticket, event, PromiseKind.NEXT_UPDATE, due_at)
    refresh(session, ticket, at=event.at)


def answer_soon(session: Session, ticket: Ticket, event: Event) -> None:
    """Promise that a person answers as soon as for a new ticket, because it got worse or came back."""
    bring_forward(session, ticket, event, _first_reply_due(session, ticket, event.at))


def agree_on(session: Session, ticket: Ticket, event: Event, due_at: datetime) -> None:
    """Promise the later time that the customer agreed to, in place of what was promised."""
    settle(session, replies(open_promises(session, ticket)), event, in_time=Outcome.SUPERSEDED)
    make(session, ticket, event, PromiseKind.NEXT_UPDATE, due_at, source=ACCEPTED)
    refresh(session, ticket, at=event.at)


def new_time(session: Session, ticket: Ticket, missed: Promise, *, at: datetime) -> datetime:
    """Return by when we now write, after a promise was missed."""
    kind, is_repeated = PromiseKind(missed.kind), missed.source.startswith(_APOLOGY)
    return policies.apology_due(agreed(session, ticket), kind, ticket.priority, at, is_repeated=is_repeated)


def apologise(session: Session, ticket: Ticket, event: Event, missed: Sequence[Promise]) -> None:
    """End promises as missed and promise a new time for each."""
    end(session, missed, event, Outcome.MISSED)
    source = f"{_APOLOGY} {agreed(session, ticket).source}"
    for promise in missed:
        due_at = new_time(session, ticket, promise, at=event.at)
        make(session, ticket, event, PromiseKind(promise.kind), due_at, source=source)
    refresh(session, ticket, at=event.at)


def end_all(session: Session, ticket: Ticket, event: Event, *, in_time: Outcome) -> None:
    """End every open promise: in time as said, or missed where the time has passed."""
    settle(session, tuple(open_promises(session, ticket)), event, in_time=in_time)
    refresh(session, ticket, at=event.at)


def settle(session: Session, promises: Sequence[Promise], event: Event, *, in_time: Outcome = Outcome.KEPT) -> None:
    """End promises: in time as said, or missed where the time has passed."""
    in_time_ones = [each for each in promises if each.due_at >= event.at]
    late_ones = [each for each in promises if each.due_at < event.at]
    end(session, in_time_ones, event, in_time)
    end(session, late_ones, event, Outcome.MISSED)


def end(session: Session, promises: Sequence[Promise], event: Event, outcome: Outcome) -> None:
    """Write down how promises ended."""
    for each in promises:
        session.add(PromiseOutcome(promise=each, promise_id=each.id, outcome=outcome, event=event, at=event.at))
    still_open = in_this_transaction(session, _OPEN).get(event.ticket_id, [])
    still_open[:] = [each for each in still_open if each not in promises]


def open_promises(session: Session, ticket: Ticket) -> list[Promise]:
    """Return what is promised and has not ended, the earliest first; a transaction reads it once, holding the ticket.

    What was agreed on visits goes its own way.
    """
    found: list[Promise] | None = in_this_transaction(session, _OPEN).get(ticket.id)
    if found is None:
        with session.no_autoflush:  # what is made and ended in this transaction is in hand
            found = list(session.scalars(_STILL_OPEN.where(Promise.ticket_id == ticket.id)))
        in_this_transaction(session, _OPEN)[ticket.id] = found
    found.sort(key=lambda each: (each.due_at, each.id))
    return found


def replies(promises: Iterable[Promise]) -> list[Promise]:
    """Return the promises that words can keep; a solution is kept by being there."""
    return [each for each in promises if each.kind != PromiseKind.RESOLUTION]


def refresh(session: Session, ticket: Ticket, *, at: datetime) -> None:
    """Show the earliest open promise on the ticket, and when somebody is next warned of one."""
    found = open_promises(session, ticket)
    ticket.next_due_at = min((each.due_at for each in found), default=None)
    # A warning that is due, but not given yet, is not forgotten because something else happens in that minute.
    since = min(at, ticket.warns_at) if ticket.warns_at else at
    ticket.warns_at = min((each.warns_at for each in found if each.warns_at and each.warns_at >= since), default=None)


def _first_reply_due(session: Session, ticket: Ticket, at: datetime) -> datetime:
    return policies.first_reply_due(agreed(session, ticket), ticket.priority, at)


def _next_due(session: Session, ticket: Ticket, event: Event) -> tuple[datetime, str]:
    """Return by when the customer hears next, and why then where it is not the policy that says so."""
    if ticket.accepted_due_at is not None and ticket.accepted_due_at > event.at:
        return ticket.accepted_due_at, ACCEPTED
    return _cadence(session, ticket, event), ""


def _cadence(session: Session, ticket: Ticket, event: Event) -> datetime:
    agreement, at = agreed(session, ticket), event.at
    earlier = select(func.count()).where(
        Event.ticket_id == ticket.id,
        Event.seq < event.seq,
        Event.kind.in_(UPDATES),
        Event.audience == Audience.CUSTOMER,
        Event.at >= agreement.calendar.start_of_week(at),
    )
    is_update = event.kind in UPDATES and event.audience == Audience.CUSTOMER
    with session.no_autoflush:
        updates = session.execute(earlier).scalar_one() + is_update
    course = policies.Course(ticket.priority, ticket.opened_at, updates)
    return policies.next_update_due(agreement, course, at)


def _require_promisable(next_by: datetime | None, latest: datetime, *, at: datetime) -> None:
    if next_by is not None and next_by <= at:
        raise PromiseError("promise-has-passed")
    if next_by is not None and next_by > latest:
        raise PromiseError("promise-too-late", latest=latest)
