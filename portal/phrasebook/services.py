"""Changes to the phrasebook, and what it learns from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.core import typed_text
from portal.core.actor import Actor
from portal.phrasebook.models import KeptTerm, OftenTyped, OftenTypedUse, Phrase, TermAside
from portal.phrasebook.queries.checking import fold
from portal.phrasebook.queries.repeated import Repeated

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


def keep_repeated(session: Session, found: Sequence[Repeated], *, at: datetime) -> None:
    """Keep what agents keep writing in place of what they kept writing before."""
    session.execute(delete(OftenTypedUse))
    session.execute(delete(OftenTyped))
    session.add_all(
        OftenTyped(
            language=each.language,
            folded=fold(each.term),
            term=each.term,
            texts=each.texts,
            agents=len(each.authors),
            customers=each.customers,
            counted_at=at,
        )
        for each in found
    )
    session.flush()
    session.add_all(
        OftenTypedUse(
            language=each.language,
            folded=fold(each.term),
            ticket_id=place.ticket_id,
            text_id=place.text_id,
            notice_id=place.notice_id,
            at=place.at,
        )
        for each in found
        for place in each.places
    )


def put_aside(session: Session, language: str, *, term: str, by: Actor, at: datetime) -> None:
    """Note that something is no term, however often it is typed; whoever said so first is remembered."""
    if session.get(TermAside, (language, fold(term))) is None:
        session.add(TermAside(language=language, folded=fold(term), term=term, person_id=by.person_id, at=at))


def take_back(session: Session, language: str, *, term: str) -> None:
    """Let something be proposed again that was put aside."""
    session.execute(delete(TermAside).where(TermAside.language == language, TermAside.folded == fold(term)))
