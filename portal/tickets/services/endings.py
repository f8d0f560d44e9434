"""How a ticket ends, and how it comes back."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.tickets import messages
from portal.tickets.models import Event, EventKind, Outcome, Ticket, TicketState
from portal.tickets.permissions import Action, Need, can_reopen, require, require_action
from portal.tickets.services import promises, solving_clock, telling
from portal.tickets.services.moves import enter
from portal.tickets.services.recording import Happening, record


class ResolutionError(DomainError):
    """A resolution without its cause, its fix or its prevention: ``needs-cause`` and so on."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """Why it happened, what was done, and how to avoid it, in the customer's language."""

    cause: str
    fix: str
    prevention: str

    def as_text(self) -> str:
        """Return it as the one text that is kept, so that it can be erased as one."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> "Resolution":
        """Read what ``as_text`` wrote."""
        return cls(**json.loads(text))


def resolve(session: Session, ticket: Ticket, *, resolution: Resolution, by: Actor, at: datetime) -> Event:
    """Say why it happened, what was done and how to avoid it; the customer is asked to confirm."""
    for part, words in asdict(resolution).items():
        if not words.strip():
            raise ResolutionError(f"needs-{part}")
    require(ticket.state, TicketState.RESOLVED, by=by, given={Need.RESOLUTION})
    enter(session, ticket, TicketState.RESOLVED, at=at)
    event = record(session, ticket, Happening(EventKind.RESOLVED, body=resolution.as_text()), by=by, at=at)
    promises.keep(session, ticket, event, next_by=None)
    solving_clock.follow(session, ticket, event)
    telling.tell(session, ticket, messages.SOLVED, event)
    return event


def confirm(session: Session, ticket: Ticket, *, by: Actor, at: datetime, words: str = "") -> Event:
    """Let the customer confirm that it is solved; that closes the ticket."""
    require_action(ticket, Action.CONFIRM, by=by, at=at)
    require(ticket.state, TicketState.CLOSED, by=by)
    enter(session, ticket, TicketState.CLOSED, at=at)
    return record(session, ticket, Happening(EventKind.CONFIRMED, body=words), by=by, at=at)


def reopen(session: Session, ticket: Ticket, *, by: Actor, at: datetime, words: str = "") -> Event:
    """Take a solved or just closed ticket up again; a person answers as soon as for a new one."""
    given = {Need.IN_TIME} if can_reopen(ticket, at=at) else set()
    require(ticket.state, TicketState.IN_PROGRESS, by=by, given=given)
    require_action(ticket, Action.REOPEN, by=by, at=at)
    enter(session, ticket, TicketState.IN_PROGRESS, at=at)
    event = record(session, ticket, Happening(EventKind.REOPENED, body=words), by=by, at=at)
    promises.answer_soon(session, ticket, event)
    solving_clock.follow(session, ticket, event)
    return event


def cancel(session: Session, ticket: Ticket, *, by: Actor, at: datetime, words: str = "") -> Event:
    """Let the customer take a report back; what was promised is not needed any more."""
    require_action(ticket, Action.CANCEL, by=by, at=at)
    require(ticket.state, TicketState.CANCELLED, by=by)
    enter(session, ticket, TicketState.CANCELLED, at=at)
    event = record(session, ticket, Happening(EventKind.CANCELLED, body=words), by=by, at=at)
    promises.end_all(session, ticket, event, in_time=Outcome.SUPERSEDED)
    return event


def close_by_clock(session: Session, ticket: Ticket, *, by: Actor, at: datetime) -> Event:
    """Close a ticket that has waited for the customer as long as they were told; they hear of it."""
    is_overdue = ticket.closes_at is not None and ticket.closes_at <= at
    require(ticket.state, TicketState.CLOSED, by=by, given={Need.OVERDUE} if is_overdue else set())
    was = ticket.state
    enter(session, ticket, TicketState.CLOSED, at=at)
    event = record(session, ticket, Happening(EventKind.CLOSED, facts={"was": was}), by=by, at=at)
    telling.tell(session, ticket, messages.CLOSED, event)
    return event
