"""Telling those of us who have to hear at once of a ticket that cannot wait."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.outbox import services as outbox
from portal.teams import messages, queries
from portal.tickets.models import Event, Ticket


def tell_at_once(session: Session, event_id: UUID, *, at: datetime) -> int:
    """Tell everybody who has to hear of what has happened, but not whoever did it; returns how many they are."""
    row = session.execute(
        select(Ticket, Event.person_id).join(Event, Event.ticket_id == Ticket.id).where(Event.id == event_id)
    ).first()
    if row is None:
        return 0
    people = queries.who_hears(session, row.Ticket, at=at) - {row.person_id}
    outbox.queue_all(session, (messages.hear_at_once(event_id, each) for each in people), at=at)
    return len(people)
