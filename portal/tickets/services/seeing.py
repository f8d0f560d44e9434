"""Noting that support has read what a customer wrote; the one thing that looking at a page may write."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.db import Base
from portal.tickets.models import Seen


def note_seen(session: Session, ticket_id: UUID, *, seq: int, by: Actor, at: datetime) -> None:
    """Note until where somebody in support has read a ticket; the first who does is noted, and it stays."""
    if not by.is_agent or by.person_id is None:
        return
    # Of two agents at once, the second notes nothing: who was first stays.
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    row = {"ticket_id": ticket_id, "seq": seq, "person_id": by.person_id, "at": at}
    table = Base.metadata.tables[Seen.__tablename__]
    session.execute(dialect.insert(table).on_conflict_do_nothing(index_elements=["ticket_id", "seq"]), row)
