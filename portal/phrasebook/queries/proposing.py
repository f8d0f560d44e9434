"""What agents keep writing: whether somebody has decided on it already, and what was put aside."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from portal.phrasebook.models import OftenTyped, Phrase, TermAside

_MOST = 200


def is_settled() -> ColumnElement[bool]:
    """Return the condition that something often typed was made a term, taken out as one, or put aside."""
    made = exists().where(Phrase.language == OftenTyped.language, Phrase.folded == OftenTyped.folded)
    aside = exists().where(TermAside.language == OftenTyped.language, TermAside.folded == OftenTyped.folded)
    return or_(made, aside)


def put_asides(session: Session, language: str) -> Sequence[str]:
    """Return what was put aside in a language because it is no term, the latest first."""
    rows = select(TermAside.term).where(TermAside.language == language)
    return session.scalars(rows.order_by(TermAside.at.desc(), TermAside.folded).limit(_MOST)).all()
