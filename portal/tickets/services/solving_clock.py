"""The clock to a solution, where a policy has one: only waiting for the customer stops it."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.tickets.models import Event, EventKind, Outcome, Promise, PromiseKind, Ticket, TicketState
from portal.tickets.permissions import ENDED
from portal.tickets.services import policies, promises
from portal.tickets.services.agreed import agreed

_STARTS = frozenset({EventKind.OPENED, EventKind.REOPENED, EventKind.PRIORITISED, EventKind.ESCALATED})
"""What can start the clock, or shorten it; words can't."""


def follow(session: Session, ticket: Ticket, event: Event) -> None:
    """Let the clock follow what happened: start, stop for the customer, go on, end."""
    running = [each for each in promises.open_promises(session, ticket) if each.kind == PromiseKind.RESOLUTION]
    if ticket.state in ENDED or ticket.state == TicketState.RESOLVED:
        ticket.resolution_left = None
        in_time = Outcome.KEPT if ticket.state == TicketState.RESOLVED else Outcome.SUPERSEDED
        promises.settle(session, running, event, in_time=in_time)
    elif ticket.state == TicketState.WAITING_CUSTOMER:
        _stop(session, ticket, event, running)
    else:
        _run(session, ticket, event, running)
    promises.refresh(session, ticket, at=event.at)


def _stop(session: Session, ticket: Ticket, event: Event, running: list[Promise]) -> None:
    """Remember how much working time was left."""
    if running:
        calendar = agreed(session, ticket).calendar
        due_at = max(each.due_at for each in running)
        ticket.resolution_left = calendar.minutes_between(event.at, due_at) if due_at > event.at else 0
        promises.settle(session, running, event, in_time=Outcome.SUPERSEDED)


def _run(session: Session, ticket: Ticket, event: Event, running: list[Promise]) -> None:
    """Go on with what was left, start, or shorten what runs because it is more urgent now."""
    due_at = _due(session, ticket, event)
    ticket.resolution_left = None
    if due_at is None or any(each.due_at <= due_at for each in running):
        return
    promises.end(session, running, event, Outcome.SUPERSEDED)
    promises.make(session, ticket, event, PromiseKind.RESOLUTION, due_at)


def _due(session: Session, ticket: Ticket, event: Event) -> datetime | None:
    agreement = agreed(session, ticket)
    started = policies.resolution_due(agreement, ticket.priority, event.at) if event.kind in _STARTS else None
    if ticket.resolution_left is None or event.kind == EventKind.REOPENED:
        return started
    resumed = policies.resumed_due(agreement, ticket.resolution_left, event.at)
    return min(started, resumed) if started else resumed
