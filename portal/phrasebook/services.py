"""Changes to the phrasebook."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.phrasebook.models import Phrase
from portal.phrasebook.queries.checking import fold


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
