"""Who may rate which ticket."""

from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Table, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Contact, Person
from portal.ratings.models import Rating, RatingKind
from portal.ratings.permissions import Subject
from portal.tickets.models import Outcome, Participant, Promise, PromiseKind, PromiseOutcome, Ticket, TicketState

_ticket, _contact, _person, _participant, _rating, _promise, _outcome = (
    cast(Table, model.__table__) for model in (Ticket, Contact, Person, Participant, Rating, Promise, PromiseOutcome)
)
_shared = select(_participant.c.ticket_id).where(
    _participant.c.contact_id == _contact.c.id,
    _participant.c.revoked_at.is_(None),
    _participant.c.ticket_id == _ticket.c.id,
)
_theirs = and_(
    _rating.c.person_id == _person.c.id,
    or_(_rating.c.ticket_id == _ticket.c.id, _rating.c.kind == RatingKind.RECOMMEND),
)
_first_answer = (
    select(_promise.c.id)
    .join(_outcome, _outcome.c.promise_id == _promise.c.id)
    .where(_promise.c.ticket_id == _ticket.c.id, _promise.c.kind == PromiseKind.FIRST_REPLY)
    .where(_outcome.c.outcome == Outcome.KEPT)
)
_SUBJECT = (
    select(
        _ticket.c.reference,
        _ticket.c.organisation_id,
        _ticket.c.state,
        _ticket.c.resolved_at,
        _rating.c.occasion,
        _first_answer.exists().label("has_answer"),
    )
    .join(_contact, _contact.c.organisation_id == _ticket.c.organisation_id)
    .join(_person, _person.c.id == _contact.c.person_id)
    .outerjoin(_rating, _theirs)
    .where(_ticket.c.id == bindparam("ticket_id"), _contact.c.person_id == bindparam("person_id"), _person.c.active)
    .where(or_(_contact.c.id == _ticket.c.contact_id, _shared.exists()))
)
"""Built once: every page of a ticket asks it."""


def rating_subject(session: Session, ticket_id: UUID, person_id: UUID) -> Subject | None:
    """Return a ticket for somebody who follows it, with what they have answered; None for everybody else."""
    rows = session.execute(_SUBJECT, {"ticket_id": ticket_id, "person_id": person_id}).all()
    if not rows or rows[0].organisation_id is None:
        return None
    return Subject(
        ticket_id=ticket_id,
        reference=rows[0].reference,
        organisation_id=rows[0].organisation_id,
        person_id=person_id,
        state=TicketState(rows[0].state),
        resolved_at=rows[0].resolved_at,
        has_answer=bool(rows[0].has_answer),
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
