"""The tickets that belong to one: linked, split from it, or ended as the same."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.tickets.models import LinkKind, TicketLink, TicketState
from portal.tickets.queries.tables import ticket, typed_text
from portal.tickets.queries.visibility import visible_to

MOST = 50


@dataclass(frozen=True, slots=True)
class Related:
    """A ticket that belongs to another."""

    reference: str
    title: str
    state: TicketState
    kind: LinkKind
    is_later: bool
    """Whether it is the second of the two: the part, or the one that ended."""


def related_to(session: Session, ticket_id: UUID, actor: Actor) -> list[Related]:
    """Return the tickets that belong to one, as far as somebody may see them, in one statement."""
    later = select(
        TicketLink.other_id.label("id"), TicketLink.kind, TicketLink.at, (TicketLink.kind != "").label("later")
    )
    earlier = select(TicketLink.ticket_id, TicketLink.kind, TicketLink.at, (TicketLink.kind == "").label("later"))
    both = union_all(
        later.where(TicketLink.ticket_id == ticket_id), earlier.where(TicketLink.other_id == ticket_id)
    ).subquery()
    rows = session.execute(
        select(ticket.c.reference, typed_text.c.body, ticket.c.state, both.c.kind, both.c.later)
        .join(both, both.c.id == ticket.c.id)
        .join(typed_text, typed_text.c.id == ticket.c.title_id)
        .where(visible_to(actor))
        .order_by(both.c.at, ticket.c.reference)
        .limit(MOST)
    )
    return [
        Related(row.reference, row.body, TicketState(row.state), LinkKind(row.kind), is_later=bool(row.later))
        for row in rows
    ]
