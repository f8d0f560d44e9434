"""How urgent a ticket is and who has it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.tickets import messages
from portal.tickets.models import Audience, Event, EventKind, Priority, Ticket
from portal.tickets.permissions import ENDED, Action, require_action
from portal.tickets.services import promises, solving_clock, telling
from portal.tickets.services.moves import wake_up
from portal.tickets.services.recording import Happening, record


def escalate(session: Session, ticket: Ticket, *, words: str, has_work_stopped: bool, by: Actor, at: datetime) -> Event:
    """Let a customer say that it got worse: a person answers as soon as for a new ticket."""
    require_action(ticket, Action.ESCALATE, by=by, at=at)
    was_urgent = ticket.is_urgent
    if has_work_stopped:
        ticket.priority, ticket.is_emergency = Priority.P1, True
    facts = {"has_work_stopped": has_work_stopped, "priority": ticket.priority}
    event = record(session, ticket, Happening(EventKind.ESCALATED, body=words, facts=facts), by=by, at=at)
    wake_up(session, ticket, event, by=by)
    promises.answer_soon(session, ticket, event)
    solving_clock.follow(session, ticket, event)
    if not was_urgent:
        telling.call_our_people(session, ticket, event)
    return event


def prioritise(session: Session, ticket: Ticket, *, priority: Priority, because: str, by: Actor, at: datetime) -> Event:
    """Decide on another priority and tell the customer why; a higher one brings the next promise forward."""
    require_action(ticket, Action.MOVE, by=by, at=at)
    was_urgent = ticket.is_urgent
    was, ticket.priority, ticket.because = ticket.priority, priority, because or ticket.because
    facts = {"from": was, "to": priority}
    event = record(session, ticket, Happening(EventKind.PRIORITISED, body=because, facts=facts), by=by, at=at)
    if priority < was and ticket.next_due_at is not None:
        promises.answer_soon(session, ticket, event)
        solving_clock.follow(session, ticket, event)
    if priority != was:
        telling.tell(session, ticket, messages.UPDATE, event)
    if not was_urgent:
        telling.call_our_people(session, ticket, event)
    return event


@dataclass(frozen=True, slots=True)
class Taker:
    """Who takes care of a ticket from now on, and why it is them."""

    agent_id: UUID | None
    team: str = ""
    """Nothing where it stays with its team."""
    reason: str = ""
    """The code of the rule's reason; nothing where a person decided."""


def assign(session: Session, ticket: Ticket, *, agent_id: UUID | None, by: Actor, at: datetime) -> Event:
    """Say who takes care of a ticket; the customer sees it when somebody takes it themselves."""
    return give_to(session, ticket, taker=Taker(agent_id), by=by, at=at)


def give_to(session: Session, ticket: Ticket, *, taker: Taker, by: Actor, at: datetime) -> Event:
    """Give a ticket to a colleague or a team, as a person or the rule decided."""
    if by.is_agent or ticket.state in ENDED:
        require_action(ticket, Action.ASSIGN, by=by, at=at)
    ticket.assignee_id, ticket.team = taker.agent_id, taker.team or ticket.team
    is_own = taker.agent_id is not None and taker.agent_id == by.agent_id
    audience = Audience.CUSTOMER if is_own else Audience.INTERNAL
    facts = {"agent_id": str(taker.agent_id) if taker.agent_id else None}
    facts |= {name: value for name, value in (("team", taker.team), ("reason", taker.reason)) if value}
    return record(session, ticket, Happening(EventKind.ASSIGNED, audience, facts=facts), by=by, at=at)
