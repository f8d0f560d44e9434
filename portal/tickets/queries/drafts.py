"""What somebody has begun to write on a ticket."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.tickets.queries.tables import reply_draft


@dataclass(frozen=True, slots=True)
class Begun:
    """A reply that isn't sent yet."""

    body: str
    about: str
    saved_at: datetime


def begun_reply(session: Session, ticket_id: UUID, actor: Actor) -> Begun | None:
    """Return what somebody has begun to write; nobody sees another's."""
    row = session.execute(
        select(reply_draft.c.body, reply_draft.c.about, reply_draft.c.saved_at).where(
            reply_draft.c.ticket_id == ticket_id, reply_draft.c.person_id == actor.person_id
        )
    ).first()
    return Begun(row.body, row.about, row.saved_at) if row else None
