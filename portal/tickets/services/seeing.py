"""Noting that support has read what a customer wrote; the one thing that looking at a page may write."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.tickets.models import Seen, Ticket


def note_seen(session: Session, ticket_id: UUID, *, seq: int, by: Actor, at: datetime) -> None:
    """Note until where somebody in support has read a ticket; the first who does is noted, and it stays."""
    # Two agents at once take their turn here, so that the second finds what the first has noted.
    session.execute(select(Ticket.id).where(Ticket.id == ticket_id).with_for_update())
    if by.is_agent and by.person_id is not None and session.get(Seen, (ticket_id, seq)) is None:
        session.add(Seen(ticket_id=ticket_id, seq=seq, person_id=by.person_id, at=at))
