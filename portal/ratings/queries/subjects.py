"""Who may rate which ticket."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Contact, Person
from portal.ratings.models import Rating, RatingKind
from portal.ratings.permissions import Subject
from portal.tickets.models import Participant, Ticket, TicketState


def rating_subject(session: Session, ticket_id: UUID, person_id: UUID) -> Subject | None:
    """Return a ticket for somebody who follows it, with what they have answered; None for everybody else."""
    shared = select(Participant.ticket_id).where(
        Participant.contact_id == Contact.id, Participant.revoked_at.is_(None), Participant.ticket_id == Ticket.id
    )
    theirs = and_(
        Rating.person_id == person_id, or_(Rating.ticket_id == Ticket.id, Rating.kind == RatingKind.RECOMMEND)
    )
    rows = session.execute(
        select(Ticket.reference, Ticket.organisation_id, Ticket.state, Ticket.resolved_at, Rating.occasion)
        .join(Contact, Contact.organisation_id == Ticket.organisation_id)
        .join(Person, Person.id == Contact.person_id)
        .outerjoin(Rating, theirs)
        .where(Ticket.id == ticket_id, Contact.person_id == person_id, Person.active)
        .where(or_(Contact.id == Ticket.contact_id, shared.exists()))
    ).all()
    if not rows or rows[0].organisation_id is None:
        return None
    return Subject(
        ticket_id=ticket_id,
        reference=rows[0].reference,
        organisation_id=rows[0].organisation_id,
        person_id=person_id,
        state=TicketState(rows[0].state),
        resolved_at=rows[0].resolved_at,
        answered=frozenset(row.occasion for row in rows if row.occasion),
    )


def unrated(session: Session, *, after: datetime, until: datetime) -> list[tuple[UUID, UUID]]:
    """Return tickets that were solved in a stretch of time, are closed and have no stars; each with its contact."""
    stars = select(Rating.id).where(
        Rating.ticket_id == Ticket.id, Rating.kind == RatingKind.STARS, Rating.at >= Ticket.resolved_at
    )
    rows = session.execute(
        select(Ticket.id, Contact.person_id)
        .join(Contact, Contact.id == Ticket.contact_id)
        .where(Ticket.resolved_at > after, Ticket.resolved_at <= until, Ticket.state == TicketState.CLOSED)
        .where(~stars.exists())
    )
    return [(ticket_id, person_id) for ticket_id, person_id in rows]
