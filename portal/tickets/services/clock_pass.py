"""What becomes due by time alone: warnings, missed promises, reminders, closing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.core.actor import SYSTEM
from portal.tickets import messages
from portal.tickets.models import Event, EventKind, Ticket
from portal.tickets.services import promises, telling, warning
from portal.tickets.services.agreed import agreed
from portal.tickets.services.endings import close_by_clock
from portal.tickets.services.recording import Happening, record

AT_ONCE = 200
"""How many tickets one pass takes on, so that its transaction stays short; the next pass goes on."""
_SECOND_REMINDER_AFTER_WORKING_DAYS = 3


def settle_due(session: Session, *, at: datetime) -> int:
    """Do everything that has become due; returns how many tickets were touched."""
    late = _due(session, Ticket.next_due_at, Ticket.next_due_at < at)
    for ticket in late:
        mark_missed(session, ticket, at=at)
    # After the missed ones: of what is late already, nobody is warned any more.
    near = _due(session, Ticket.warns_at, Ticket.warns_at <= at)
    for ticket in near:
        warning.warn(session, ticket, at=at)
    waiting = _due(session, Ticket.wakes_at, Ticket.wakes_at <= at)
    for ticket in waiting:
        _remind_or_close(session, ticket, at=at)
    return len(late) + len(near) + len(waiting)


def mark_missed(session: Session, ticket: Ticket, *, at: datetime) -> Event | None:
    """Say sorry for the promises of a ticket that were missed, and promise a new time; None if there are none."""
    missed = [each for each in promises.open_promises(session, ticket) if each.due_at < at]
    if not missed:
        # Whatever brought it here is not due; it must not keep the others from their turn.
        promises.refresh(session, ticket, at=at)
        return None
    facts = {"kind": missed[0].kind, "next_due_at": promises.new_time(session, ticket, missed[0], at=at).isoformat()}
    event = record(session, ticket, Happening(EventKind.PROMISE_MISSED, facts=facts), by=SYSTEM, at=at)
    promises.apologise(session, ticket, event, missed)
    telling.tell(session, ticket, messages.LATE, event)
    warning.tell_leads(session, ticket, missed, at=at)
    return event


def _due(
    session: Session, moment: InstrumentedAttribute[datetime | None], condition: ColumnElement[bool]
) -> Sequence[Ticket]:
    found: Any = select(Ticket).where(Ticket.closed_at.is_(None), condition).order_by(moment).limit(AT_ONCE)
    # Two workers at once share the work; on SQLite the transaction itself is the lock.
    return list(session.scalars(found.with_for_update(skip_locked=True)))


def _remind_or_close(session: Session, ticket: Ticket, *, at: datetime) -> Event:
    if ticket.closes_at is not None and ticket.closes_at <= at:
        return close_by_clock(session, ticket, by=SYSTEM, at=at)
    ticket.reminders += 1
    again = agreed(session, ticket).calendar.walk_days(at, _SECOND_REMINDER_AFTER_WORKING_DAYS)
    closes_at = ticket.closes_at or again
    ticket.wakes_at = min(again, closes_at) if ticket.reminders == 1 else closes_at
    event = record(session, ticket, Happening(EventKind.REMINDED, facts={"number": ticket.reminders}), by=SYSTEM, at=at)
    telling.tell(session, ticket, messages.REMINDER, event)
    return event
