"""Changes to the phrasebook, and what it learns from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import typed_text
from portal.core.actor import Actor
from portal.phrasebook.models import KeptTerm, Phrase
from portal.phrasebook.queries.checking import fold

_LONGEST = 120


def keep(session: Session, language: str, *, term: str, sentence: str, at: datetime) -> Phrase:
    """Say what customers are told instead of a term; an entry that is there for it is changed."""
    row = session.execute(
        select(Phrase).where(Phrase.language == language, Phrase.folded == fold(term)).with_for_update()
    ).scalar_one_or_none()
    if row is None:
        row = Phrase(language=language, folded=fold(term))
        session.add(row)
    row.term, row.sentence, row.changed_at = term, sentence, at
    session.flush()
    return row


def drop(session: Session, language: str, *, term: str, at: datetime) -> None:
    """Take a term out; one that came with the portal stays out, too."""
    keep(session, language, term=term, sentence="", at=at)


@dataclass(frozen=True, slots=True)
class Kept:
    """Terms of one text, each with the language whose term it is, and why they stay."""

    terms: Mapping[str, str]
    reason: str


def keep_terms(session: Session, ticket_id: UUID, kept: Kept, *, by: Actor, at: datetime) -> None:
    """Note which terms were kept against the phrasebook, so that it can learn from them."""
    if not kept.terms:
        return
    reason = typed_text.keep(session, kept.reason, person_id=by.person_id)
    session.add_all(
        KeptTerm(
            term=term,
            locale=language,
            ticket_id=ticket_id,
            reason_id=reason.id,
            person_id=by.person_id,
            at=at,
        )
        for term, language in sorted({each[:_LONGEST].lower(): of for each, of in kept.terms.items()}.items())
    )
