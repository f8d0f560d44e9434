"""Ending a ticket as the same as another one, in which all that hangs on it goes on."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.faults import services as faults
from portal.incidents import services as incidents
from portal.tickets import services as tickets
from portal.tickets.models import Event, Ticket, TicketState
from portal.tickets.services import LinkError, StateChange


def merge(session: Session, ticket: Ticket, *, change: StateChange, by: Actor, at: datetime) -> Event:
    """End a ticket and go on in the other one: as soon as was promised, with its notice and with its fault."""
    has_waited_for_us = ticket.next_due_at is not None
    event = tickets.change_state(session, ticket, change=change, by=by, at=at)
    other = session.get_one(Ticket, change.parent_id)
    _hurry(session, ticket, other, by=by, at=at)
    if has_waited_for_us and other.state == TicketState.WAITING_CUSTOMER:
        # What was promised in the one may not wait for an answer in the other.
        tickets.change_state(session, other, change=StateChange(to=TicketState.IN_PROGRESS), by=by, at=at)
    _join_notice(session, ticket, other, by=by, at=at)
    faults.pass_on(session, ticket, other, by=by, at=at)
    return event


def _hurry(session: Session, ticket: Ticket, other: Ticket, *, by: Actor, at: datetime) -> None:
    """Let the other ticket need us as soon as the one that goes on in it."""
    if ticket.priority < other.priority:
        tickets.prioritise(session, other, priority=ticket.priority, because="", by=by, at=at)
    other.is_emergency = other.is_emergency or ticket.is_emergency


def _join_notice(session: Session, ticket: Ticket, other: Ticket, *, by: Actor, at: datetime) -> None:
    """Join the other ticket to the notice; two that are joined to two notices are not the same."""
    if ticket.notice_id is None or ticket.notice_id == other.notice_id:
        return
    if other.notice_id is not None:
        raise LinkError("two-notices")
    incidents.link(session, ticket.notice_id, [other.id], by=by, at=at)
