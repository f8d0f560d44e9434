"""What is written down of two tickets that belong together."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.tickets.models import Audience, Event, EventKind, LinkKind, Ticket, TicketLink
from portal.tickets.services.recording import Happening, record


def note_duplicate(session: Session, ticket: Ticket, parent_id: UUID, *, by: Actor, at: datetime) -> Event | None:
    """Let the ticket in which we go on tell colleagues which one ended as the same."""
    parent = session.get(Ticket, parent_id, with_for_update=True)
    if parent is None or parent.id == ticket.id:
        return None
    if not session.execute(select(TicketLink.kind).where(between(ticket, parent))).first():
        join(session, parent, ticket, LinkKind.DUPLICATE, by=by, at=at)
    return record(session, parent, noted(EventKind.RELATED, ticket, LinkKind.DUPLICATE), by=by, at=at)


def between(one: Ticket, other: Ticket) -> ColumnElement[bool]:
    """Return the condition that a link is one between two tickets, whichever came first."""
    return or_(
        (TicketLink.ticket_id == one.id) & (TicketLink.other_id == other.id),
        (TicketLink.ticket_id == other.id) & (TicketLink.other_id == one.id),
    )


def join(session: Session, one: Ticket, other: Ticket, kind: LinkKind, *, by: Actor, at: datetime) -> None:
    """Write down that two tickets belong together."""
    session.add(TicketLink(ticket_id=one.id, other_id=other.id, kind=kind, person_id=by.person_id, at=at))


def noted(kind: EventKind, other: Ticket, why: LinkKind) -> Happening:
    """Return what colleagues read on a ticket about another."""
    return Happening(kind, Audience.INTERNAL, facts={"ticket": other.reference, "why": why})
