"""The phrasebook as it is now: what came with the portal, and what the desk has made of it since."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.phrasebook.models import Phrase
from portal.phrasebook.queries.checking import Finding, fold, jargon, other_findings, pattern_of
from portal.phrasebook.shipped import SHIPPED


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with what customers are told instead."""

    term: str
    sentence: str
    language: str
    is_shipped: bool
    """Whether it stands as it came with the portal."""


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """The terms of one language, ready to look at any number of texts."""

    language: str
    sentences: Mapping[str, str]
    pattern: re.Pattern[str] | None

    def check(self, text: str) -> list[Finding]:
        """Return what a customer would stumble over, in the order of the text."""
        found = [*jargon(text, self.pattern, self.sentences), *other_findings(text, self.language)]
        return sorted(found, key=lambda each: (each.start, each.end))


def check(session: Session, text: str, language: str) -> list[Finding]:
    """Return what a customer would stumble over in a text; an offered sentence is put in by ``replaced``."""
    return phrasebook(session, language).check(text)


def phrasebook(session: Session, language: str) -> Phrasebook:
    """Return the terms of a language, for looking at many texts after one read."""
    found = entries(session, language)
    return Phrasebook(
        language,
        {fold(each.term): each.sentence for each in found},
        pattern_of(each.term for each in found),
    )


def terms(session: Session, language: str) -> frozenset[str]:
    """Return the terms of a language in small letters, as the questionnaires' linter takes them."""
    return frozenset(each.term.lower() for each in entries(session, language))


def entries(session: Session, language: str) -> list[Entry]:
    """Return every term of a language in alphabetical order; what the desk wrote stands before what came along."""
    found = {fold(term): Entry(term, said, language, is_shipped=True) for term, said in SHIPPED[language].items()}
    for row in session.execute(select(Phrase).where(Phrase.language == language)).scalars():
        if row.sentence:
            found[row.folded] = Entry(row.term, row.sentence, language, is_shipped=False)
        else:
            found.pop(row.folded, None)
    return [found[folded] for folded in sorted(found)]
