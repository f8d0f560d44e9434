"""Keeping what somebody thinks."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import idempotency, typed_text
from portal.ratings.models import Rating, RatingKind, RatingSource
from portal.ratings.permissions import Subject, require_asked


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered."""

    kind: RatingKind
    score: int
    source: RatingSource
    words: str = ""


def rate(session: Session, subject: Subject, *, answer: Answer, at: datetime) -> Rating | None:
    """Keep an answer; None where the same question was answered before, which changes nothing."""
    require_asked(subject, answer.kind, answer.score)
    occasion = subject.occasion(answer.kind, at=at)
    # Two clicks at once take turns here; the first answer stands.
    idempotency.earlier_result(session, occasion, purpose="rating", person_id=subject.person_id)
    if session.scalar(select(Rating.id).where(Rating.occasion == occasion)) is not None:
        return None
    text = typed_text.keep(session, answer.words, person_id=subject.person_id) if answer.words else None
    row = Rating(
        ticket_id=subject.ticket_id,
        organisation_id=subject.organisation_id,
        person_id=subject.person_id,
        kind=answer.kind,
        score=answer.score,
        text_id=text.id if text else None,
        source=answer.source,
        occasion=occasion,
        at=at,
    )
    session.add(row)
    session.flush()
    return row
