"""The ticket that another one points to: the report in which we go on, or the one that is followed up."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.tickets.queries.tables import ticket, typed_text
from portal.tickets.queries.visibility import visible_to


@dataclass(frozen=True, slots=True)
class Linked:
    """A ticket that is pointed to."""

    reference: str
    title: str


def linked_ticket(session: Session, ticket_id: UUID | None, actor: Actor) -> Linked | None:
    """Return the ticket that is pointed to; None where there is none, or where it isn't theirs to see."""
    if ticket_id is None:
        return None
    row = session.execute(
        select(ticket.c.reference, typed_text.c.body)
        .join(typed_text, typed_text.c.id == ticket.c.title_id)
        .where(ticket.c.id == ticket_id, visible_to(actor))
    ).first()
    return Linked(row.reference, row.body) if row else None
