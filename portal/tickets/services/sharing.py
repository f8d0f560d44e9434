"""Letting colleagues in on a ticket, and taking it back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Contact, Person
from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.tickets.models import Event, EventKind, Participant, Ticket
from portal.tickets.permissions import Action, require_action
from portal.tickets.services.recording import Happening, record


class SharingError(DomainError):
    """Somebody who can't be let in: a ``stranger`` to the organisation, or ``already`` in."""


def share(session: Session, ticket: Ticket, *, contact_id: UUID, by: Actor, at: datetime) -> Event:
    """Let a colleague of the same organisation see a ticket and reply to it."""
    require_action(ticket, Action.SHARE, by=by, at=at)
    if not _is_colleague(session, ticket, contact_id):
        raise SharingError("stranger")
    if contact_id == ticket.contact_id or _open_share(session, ticket, contact_id):
        raise SharingError("already")
    session.add(Participant(ticket_id=ticket.id, contact_id=contact_id, granted_by=by.person_id, granted_at=at))
    return record(session, ticket, Happening(EventKind.SHARED, facts={"contact_id": str(contact_id)}), by=by, at=at)


def unshare(session: Session, ticket: Ticket, *, contact_id: UUID, by: Actor, at: datetime) -> Event | None:
    """Take a ticket back from a colleague; None where it wasn't shared with them."""
    require_action(ticket, Action.SHARE, by=by, at=at)
    found = _open_share(session, ticket, contact_id)
    if found is None:
        return None
    found.revoked_at = at
    return record(session, ticket, Happening(EventKind.UNSHARED, facts={"contact_id": str(contact_id)}), by=by, at=at)


def _is_colleague(session: Session, ticket: Ticket, contact_id: UUID) -> bool:
    found = (
        select(Contact.id)
        .join(Person, Person.id == Contact.person_id)
        .where(Contact.id == contact_id, Contact.organisation_id == ticket.organisation_id, Person.active)
    )
    return session.execute(found).scalar() is not None


def _open_share(session: Session, ticket: Ticket, contact_id: UUID) -> Participant | None:
    return session.scalars(
        select(Participant).where(
            Participant.ticket_id == ticket.id, Participant.contact_id == contact_id, Participant.revoked_at.is_(None)
        )
    ).first()
