"""Saying who asked for a call-back, once somebody has called."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Contact
from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.tickets import messages
from portal.tickets.models import Audience, Event, EventKind, Ticket
from portal.tickets.permissions import Action, require_action
from portal.tickets.services import finding, telling
from portal.tickets.services.recording import Happening, record


class CallBackError(DomainError):
    """A call-back that is ``already`` somebody's."""


def verify_callback(session: Session, ticket: Ticket, *, contact: Contact, by: Actor, at: datetime) -> Event:
    """Link an unverified call-back to the contact who answered the phone; they get its number, and see it now."""
    require_action(ticket, Action.NOTE, by=by, at=at)
    if ticket.organisation_id is not None:
        raise CallBackError("already")
    ticket.organisation_id, ticket.contact_id = contact.organisation_id, contact.id
    facts = {"contact_id": str(contact.id)}
    event = record(session, ticket, Happening(EventKind.VERIFIED, Audience.INTERNAL, facts=facts), by=by, at=at)
    finding.hand_over(session, ticket)
    telling.tell(session, ticket, messages.RECEIVED, _opened(session, ticket))
    return event


def _opened(session: Session, ticket: Ticket) -> Event:
    """Return the event that is told: the call-back itself, for how it was verified stays with us."""
    return session.scalars(
        select(Event).where(Event.ticket_id == ticket.id, Event.kind == EventKind.OPENED).order_by(Event.seq)
    ).one()
