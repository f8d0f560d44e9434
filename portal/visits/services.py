"""Writing down a visit and what was agreed on it; each thing agreed is a promise of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.core import typed_text
from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.tickets import messages
from portal.tickets.models import Event, EventKind, Ticket, TicketState
from portal.tickets.permissions import Action, require, require_action
from portal.tickets.services import promises, solving_clock, telling
from portal.tickets.services.actions import Actions, Agreed, due_at
from portal.tickets.services.agreed import agreed
from portal.tickets.services.moves import enter
from portal.tickets.services.recording import Happening, record
from portal.visits.models import Visit, VisitAction, VisitActionPromise

_ACTIONS = Actions(VisitAction, VisitActionPromise)
_FRESH = (TicketState.NEW, TicketState.TRIAGED)


class VisitError(DomainError):
    """A visit that can't be written down: ``needs-words``, ``needs-who``, ``not-yet``, ``due-has-passed``."""


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
    return _ACTIONS.finish(session, ticket, action, by=by, at=at, words=words)


def settle_actions(session: Session, *, at: datetime) -> int:
    """Say sorry for what was agreed and is not done in time, and promise a new day; returns how many there were."""
    return _ACTIONS.settle_late(session, at=at)


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
    return due_at(day, agreed(session, ticket).calendar.zone)


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
    _ACTIONS.promise_it(session, event, action, _due(session, ticket, wanted.due_on))
