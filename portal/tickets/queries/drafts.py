"""What somebody has begun to write on a ticket."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_

from portal.core.actor import Actor
from portal.tickets.queries.tables import reply_draft, ticket


@dataclass(frozen=True, slots=True)
class Begun:
    """A reply that isn't sent yet."""

    body: str
    about: str
    saved_at: datetime


def with_begun(tickets: Select[Any], actor: Actor) -> Select[Any]:
    """Return tickets with what somebody has begun to write on them; nobody sees another's."""
    theirs = and_(reply_draft.c.ticket_id == ticket.c.id, reply_draft.c.person_id == actor.person_id)
    columns = [each.label(f"begun_{each.name}") for each in (reply_draft.c.body, reply_draft.c.about)]
    return tickets.add_columns(*columns, reply_draft.c.saved_at).outerjoin(reply_draft, theirs)


def begun_of(row: Row[Any]) -> Begun | None:
    """Return what somebody has begun to write, of a row of such a read."""
    return Begun(row.begun_body, row.begun_about, row.saved_at) if row.saved_at is not None else None
