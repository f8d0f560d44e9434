"""What is written down of two tickets that belong together."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Contact, Person
from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.tickets.models import Audience, EventKind, LinkKind, Participant, Ticket, TicketLink, TicketState
from portal.tickets.permissions import ENDED
from portal.tickets.services.recording import Happening, record


class LinkError(DomainError):
    """Tickets that can't be linked: one and the ``same``, linked ``already``, or not linked at all (``not-linked``).

    Nor does one go on in a ticket ``elsewhere``, of others, or in one that is ``over``.
    """


def find_same(session: Session, ticket: Ticket, parent_id: UUID) -> Ticket:
    """Return the ticket in which another one goes on: of the same organisation, so that its people may read it."""
    parent = session.get(Ticket, parent_id, with_for_update=True)
    if parent is None or parent.id == ticket.id:
        raise LinkError("same")
    if ticket.organisation_id is None or parent.organisation_id != ticket.organisation_id:
        raise LinkError("elsewhere")
    if parent.state == TicketState.RESOLVED or parent.state in ENDED:
        raise LinkError("over")
    return parent


def note_duplicate(session: Session, ticket: Ticket, parent: Ticket, *, by: Actor, at: datetime) -> None:
    """Let the ticket in which we go on tell which one ended as the same, and let in all who read that one."""
    if not session.execute(select(TicketLink.kind).where(between(ticket, parent))).first():
        join(session, parent, ticket, LinkKind.DUPLICATE, by=by, at=at)
    record(session, parent, noted(EventKind.RELATED, ticket, LinkKind.DUPLICATE), by=by, at=at)
    for contact_id in session.scalars(_readers_of(ticket, parent)).all():
        session.add(Participant(ticket_id=parent.id, contact_id=contact_id, granted_by=by.person_id, granted_at=at))
        record(session, parent, Happening(EventKind.SHARED, facts={"contact_id": str(contact_id)}), by=by, at=at)


def _readers_of(ticket: Ticket, parent: Ticket) -> Select[UUID]:
    """Select who follows a ticket and not yet the one in which it goes on; not who is gone, nor who was taken off that.

    Whoever reported it is let in all the same: it is their problem that goes on there.
    """
    ever_in = select(Participant.contact_id)
    let_in = ever_in.where(Participant.revoked_at.is_(None))
    taken_off = ever_in.where(Participant.ticket_id == parent.id, Participant.revoked_at.is_not(None))
    follows = or_(Contact.id == ticket.contact_id, Contact.id.in_(let_in.where(Participant.ticket_id == ticket.id)))
    return (
        select(Contact.id)
        .join(Person, Person.id == Contact.person_id)
        .where(follows, Person.active, Contact.organisation_id == parent.organisation_id)
        .where(Contact.id.is_distinct_from(parent.contact_id))
        .where(Contact.id.not_in(let_in.where(Participant.ticket_id == parent.id)))
        .where(or_(Contact.id == ticket.contact_id, Contact.id.not_in(taken_off)))
        .order_by(Contact.id)
    )


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
