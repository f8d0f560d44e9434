"""Writing down a visit and what was agreed on it; each thing agreed is a promise of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import typed_text
from portal.core.actor import SYSTEM, Actor
from portal.core.errors import DomainError
from portal.tickets import messages
from portal.tickets.models import Event, EventKind, Promise, PromiseKind, PromiseOutcome, Ticket, TicketState
from portal.tickets.permissions import Action, require, require_action
from portal.tickets.services import promises, solving_clock, telling
from portal.tickets.services.agreed import agreed
from portal.tickets.services.moves import enter
from portal.tickets.services.recording import Happening, record
from portal.visits.models import Visit, VisitAction, VisitActionPromise

DONE_BY = time(18)
"""By when on its day something agreed is done."""
AT_ONCE = 200
_FRESH = (TicketState.NEW, TicketState.TRIAGED)


class VisitError(DomainError):
    """A visit that can't be written down: ``needs-words``, ``needs-who``, ``not-yet``, ``due-has-passed``."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """Something that was agreed, and the day by which it is done."""

    words: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Report:
    """What is written down about a visit."""

    visited_on: date
    who: str
    found: str
    actions: Sequence[Agreed] = ()


def record_visit(session: Session, ticket: Ticket, *, report: Report, by: Actor, at: datetime) -> Visit:
    """Write down a visit for the customer to read; it keeps the promise of the next update."""
    require_action(ticket, Action.UPDATE, by=by, at=at)
    _require_whole(session, ticket, report, at)
    if ticket.state in _FRESH:
        require(ticket.state, TicketState.IN_PROGRESS, by=by)
        enter(session, ticket, TicketState.IN_PROGRESS, at=at)
    dues = [_due(session, ticket, each.due_on).isoformat() for each in report.actions]
    facts = {"visited_on": report.visited_on.isoformat(), "actions_due": dues}
    event = record(session, ticket, Happening(EventKind.VISITED, body=report.found, facts=facts), by=by, at=at)
    promises.keep(session, ticket, event, next_by=None)
    solving_clock.follow(session, ticket, event)
    telling.tell(session, ticket, messages.UPDATE, event)
    visit = _keep(session, ticket, event, report)
    for each in report.actions:
        _agree(session, ticket, event, visit, each)
    return visit


def finish_action(
    session: Session, ticket: Ticket, action: VisitAction, *, by: Actor, at: datetime, words: str = ""
) -> Event:
    """Say that something agreed is done; in time it is a promise kept."""
    if action.ticket_id != ticket.id or action.done_at is not None:
        raise VisitError("already-done")
    promise = _open_promise(session, action)
    facts = {"action_id": str(action.id), "was_due_at": promise.due_at.isoformat()}
    event = record(session, ticket, Happening(EventKind.ACTION_DONE, body=words, facts=facts), by=by, at=at)
    promises.settle(session, [promise], event)
    action.next_due_at, action.done_at = None, at
    telling.tell(session, ticket, messages.UPDATE, event)
    return event


def settle_actions(session: Session, *, at: datetime) -> int:
    """Say sorry for what was agreed and is not done in time, and promise a new day; returns how many there were."""
    rows = select(VisitAction.id, VisitAction.ticket_id).where(VisitAction.next_due_at < at)
    late = session.execute(rows.order_by(VisitAction.next_due_at).limit(AT_ONCE)).all()
    return sum(_settle(session, ticket_id, action_id, at) for action_id, ticket_id in late)


def _settle(session: Session, ticket_id: UUID, action_id: UUID, at: datetime) -> bool:
    """Say sorry for one of them, unless its ticket is being changed: the next look at the clock finds it again."""
    # The ticket is held first, as pages do it; the other way round two could wait for each other.
    ticket = session.scalars(
        select(Ticket).where(Ticket.id == ticket_id).with_for_update(skip_locked=True)
    ).one_or_none()
    if ticket is None:
        return False
    action = session.get_one(VisitAction, action_id, with_for_update=True, populate_existing=True)
    is_late = action.next_due_at is not None and action.next_due_at < at
    if is_late:
        _apologise(session, ticket, action, at)
    return is_late


def _require_whole(session: Session, ticket: Ticket, report: Report, at: datetime) -> None:
    if not report.who.strip():
        raise VisitError("needs-who")
    if not report.found.strip() or not all(each.words.strip() for each in report.actions):
        raise VisitError("needs-words")
    zone = agreed(session, ticket).calendar.zone
    if report.visited_on > at.astimezone(zone).date():
        raise VisitError("not-yet")
    if any(_due(session, ticket, each.due_on) <= at for each in report.actions):
        raise VisitError("due-has-passed")


def _due(session: Session, ticket: Ticket, day: date) -> datetime:
    return datetime.combine(day, DONE_BY, tzinfo=agreed(session, ticket).calendar.zone)


def _keep(session: Session, ticket: Ticket, event: Event, report: Report) -> Visit:
    who = typed_text.keep(session, report.who, person_id=event.person_id)
    visit = Visit(
        ticket_id=ticket.id,
        organisation_id=ticket.organisation_id,
        event_id=event.id,
        who_id=who.id,
        visited_on=report.visited_on,
        at=event.at,
    )
    session.add(visit)
    session.flush()
    return visit


def _agree(session: Session, ticket: Ticket, event: Event, visit: Visit, wanted: Agreed) -> None:
    text = typed_text.keep(session, wanted.words, person_id=event.person_id)
    action = VisitAction(visit_id=visit.id, ticket_id=ticket.id, text_id=text.id)
    session.add(action)
    _promise(session, ticket, event, action, _due(session, ticket, wanted.due_on), promises.BY_PERSON)


def _promise(
    session: Session, ticket: Ticket, event: Event, action: VisitAction, due_at: datetime, source: str
) -> None:
    promise = promises.make(session, ticket, event, PromiseKind.ACTION, due_at, source=source)
    action.next_due_at = due_at
    session.flush()
    session.add(VisitActionPromise(promise_id=promise.id, action_id=action.id))


def _open_promise(session: Session, action: VisitAction) -> Promise:
    session.flush()
    return session.scalars(
        select(Promise)
        .join(VisitActionPromise, VisitActionPromise.promise_id == Promise.id)
        .outerjoin(PromiseOutcome, PromiseOutcome.promise_id == Promise.id)
        .where(VisitActionPromise.action_id == action.id, PromiseOutcome.promise_id.is_(None))
    ).one()


def _apologise(session: Session, ticket: Ticket, action: VisitAction, at: datetime) -> None:
    due_at = agreed(session, ticket).calendar.walk_days(at, 1)
    missed = _open_promise(session, action)
    facts = {
        "action_id": str(action.id),
        "was_due_at": missed.due_at.isoformat(),
        "next_due_at": due_at.isoformat(),
    }
    event = record(session, ticket, Happening(EventKind.ACTION_LATE, facts=facts), by=SYSTEM, at=at)
    promises.settle(session, [missed], event)
    _promise(session, ticket, event, action, due_at, f"apology {agreed(session, ticket).source}")
    telling.tell(session, ticket, messages.UPDATE, event)
