"""Writing down a call, with what was said and what we are sorry for."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Contact
from portal.core import typed_text
from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.ratings.models import CallBack, CallOutcome, Rating, RatingKind, RatingSource
from portal.ratings.queries.subjects import rating_subject
from portal.ratings.services.rating import Answer, rate
from portal.tickets import services as tickets
from portal.tickets.models import Ticket


class CallError(DomainError):
    """A call that can't be written down: stars from somebody who was ``not-reached``."""


@dataclass(frozen=True, slots=True)
class Call:
    """How a call went."""

    outcome: CallOutcome
    stars: int | None = None
    words: str = ""
    """What the customer said; for colleagues."""
    apology: str = ""
    """What we are sorry for; the customer reads it on the ticket and by mail."""


def note_call(session: Session, ticket: Ticket, *, call: Call, by: Actor, at: datetime) -> CallBack:
    """Write down a call; an apology becomes an update that the customer sees."""
    if call.outcome is CallOutcome.NOT_REACHED and call.stars is not None:
        raise CallError("not-reached")
    person_id = session.execute(select(Contact.person_id).where(Contact.id == ticket.contact_id)).scalar()
    rating = _rated_by_phone(session, ticket, call, person_id, at=at) if person_id and call.stars else None
    text = typed_text.keep(session, call.words, person_id=person_id) if call.words else None
    apology = tickets.say_sorry(session, ticket, words=call.apology, by=by, at=at) if call.apology else None
    row = CallBack(
        ticket_id=ticket.id,
        person_id=by.person_id,
        outcome=call.outcome,
        text_id=text.id if text else None,
        rating_id=rating.id if rating else None,
        event_id=apology.id if apology else None,
        at=at,
    )
    session.add(row)
    session.flush()
    return row


def _rated_by_phone(session: Session, ticket: Ticket, call: Call, person_id: UUID, *, at: datetime) -> Rating | None:
    """Keep the stars that were said on the phone; those that the customer gave before stand."""
    subject = rating_subject(session, ticket.id, person_id)
    if subject is None or call.stars is None:
        return None
    return rate(session, subject, answer=Answer(RatingKind.STARS, call.stars, RatingSource.PHONE), at=at)
