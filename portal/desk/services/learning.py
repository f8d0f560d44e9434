"""What the phrasebook learns from what agents type: once a night it is counted what they keep writing."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.db import Database
from portal.core.i18n import LOCALES
from portal.core.segmentation import Segmenter
from portal.desk.queries.typed import names, said_by_customers, written_by_agents
from portal.desk.queries.where_used import words_of
from portal.outbox.plain import Plain
from portal.phrasebook.queries import (
    EVERYDAY,
    Repeated,
    count_customers,
    entries,
    phrasebook,
    repeated,
    without_names,
)
from portal.phrasebook.services import keep_repeated
from portal.questionnaires.queries import latest

LEARN_JOB = "learn-terms"
LOOKED_BACK = timedelta(days=90)
_MOST = 30
"""Of one language that are kept."""


def learn_terms(database: Database, _parameters: Mapping[str, Plain]) -> dict[str, Plain]:
    """Count anew what agents keep writing and customers don't, and keep the most frequent."""
    at = clock.now()
    with database.read() as session:
        found = kept_typing(session, at=at)
    with database.write() as session:
        keep_repeated(session, found, at=at)
    return {"found": len(found)}


def kept_typing(session: Session, *, at: datetime) -> list[Repeated]:
    """Return what agents keep writing, customers hardly ever write and nobody is called, the most frequent first."""
    since, segmenter, book = at - LOOKED_BACK, Segmenter(), phrasebook(session, next(iter(LOCALES)))
    known = frozenset(_plain_words(session, segmenter))
    found = repeated(written_by_agents(session, since=since), book, segmenter, known=known)
    found = without_names(found, names(session))
    count_customers(found, said_by_customers(session, since=since))
    return _most_frequent([each for each in found if each.is_ours_alone])


def _plain_words(session: Session, segmenter: Segmenter) -> Iterator[str]:
    """Yield words that need no explaining: everyday ones, those that explain others, those that we ask with."""
    yield from EVERYDAY
    for language in LOCALES:
        for entry in entries(session, language):
            yield from segmenter.words(entry.sentence)
        for questionnaire in latest(session):
            for words in words_of(questionnaire, language):
                yield from segmenter.words(words)


def _most_frequent(found: Collection[Repeated]) -> list[Repeated]:
    by_frequency = sorted(found, key=lambda each: (-each.texts, -len(each.authors), each.word))
    return [each for language in LOCALES for each in [one for one in by_frequency if one.language == language][:_MOST]]
