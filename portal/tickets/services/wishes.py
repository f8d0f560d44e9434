"""Deciding on a wish: something new in the product, or something to be done for a customer."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.tickets import messages
from portal.tickets.models import Decision, Event, EventKind, Outcome, Ticket, TicketKind, TicketState
from portal.tickets.permissions import ENDED, Action, Need, require, require_action
from portal.tickets.services import promises, solving_clock, telling
from portal.tickets.services.moves import enter
from portal.tickets.services.recording import Happening, record

_FRESH = (TicketState.NEW, TicketState.TRIAGED)


class WishError(DomainError):
    """A decision without the words that the customer reads: ``needs-words``; or on a problem: ``no-wish``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was decided about a wish, and what the customer reads."""

    kind: TicketKind
    decision: Decision
    words: str
    """Why; the customer reads it."""
    version: str = ""
    """The version that will have it, once that is known."""
    around: date | None = None


def decide(session: Session, ticket: Ticket, *, verdict: Verdict, by: Actor, at: datetime) -> Event:
    """Decide on a wish and say why; a declined one ends, an accepted one may have its version."""
    require_action(ticket, Action.MOVE, by=by, at=at)
    if verdict.kind == TicketKind.PROBLEM:
        raise WishError("no-wish")
    if not verdict.words.strip():
        raise WishError("needs-words")
    _move(session, ticket, verdict, by=by, at=at)
    ticket.kind, ticket.decision = verdict.kind, verdict.decision
    event = record(session, ticket, _happening(ticket, verdict), by=by, at=at)
    if ticket.state in ENDED:
        promises.end_all(session, ticket, event, in_time=Outcome.KEPT)
    else:
        promises.keep(session, ticket, event, next_by=None)
    solving_clock.follow(session, ticket, event)
    telling.tell(session, ticket, messages.UPDATE, event)
    return event


def _move(session: Session, ticket: Ticket, verdict: Verdict, *, by: Actor, at: datetime) -> None:
    """Bring the ticket to where the decision leaves it, through the guard table as always."""
    target = _target(ticket, verdict)
    if target != ticket.state or target == TicketState.FIX_SCHEDULED:
        require(ticket.state, target, by=by, given={Need.FIX_VERSION} if verdict.version else set())
        enter(session, ticket, target, at=at)
    ticket.fix_version = verdict.version if target == TicketState.FIX_SCHEDULED else ""
    ticket.fix_on = verdict.around if target == TicketState.FIX_SCHEDULED else None


def _target(ticket: Ticket, verdict: Verdict) -> TicketState:
    if verdict.decision == Decision.DECLINED:
        return TicketState.CANCELLED
    if verdict.decision == Decision.ACCEPTED and verdict.version:
        return TicketState.FIX_SCHEDULED
    stays = ticket.state not in (*_FRESH, TicketState.FIX_SCHEDULED, TicketState.WAITING_CUSTOMER)
    return TicketState(ticket.state) if stays else TicketState.IN_PROGRESS


def _happening(ticket: Ticket, verdict: Verdict) -> Happening:
    facts = {
        "wish": verdict.kind,
        "decision": verdict.decision,
        "state": ticket.state,
        "fix_version": verdict.version,
        "fix_on": verdict.around.isoformat() if verdict.around else None,
    }
    return Happening(
        EventKind.DECIDED, body=verdict.words, facts={name: value for name, value in facts.items() if value}
    )
