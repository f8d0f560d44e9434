"""A lane of the queue, read as the desk reads it, without what stands above it."""

from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.tickets.queries import DeskQueue, View, queue_of, queue_statement

DUE = View()


def lane_of(session: Session, actor: Actor, view: View = DUE) -> DeskQueue:
    """Return the tickets of a lane."""
    return queue_of(session.execute(queue_statement(actor, view)).all(), view)
