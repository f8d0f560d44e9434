"""The phrasebook as it is now: what came with the portal, and what the desk has made of it since."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.i18n import LOCALES
from portal.phrasebook.models import Phrase
from portal.phrasebook.queries.checking import Finding, fold, jargon, other_findings, pattern_of
from portal.phrasebook.queries.written import Line, lines_of
from portal.phrasebook.shipped import SHIPPED

_BESIDE = {"zh_Hans": ("zh_Hant",), "zh_Hant": ("zh_Hans",)}
"""Which language is written among another."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with what customers are told instead."""

    term: str
    sentence: str
    language: str
    is_shipped: bool
    """Whether it stands as it came with the portal."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one language, ready to be looked for."""

    language: str
    sentences: Mapping[str, str]
    pattern: re.Pattern[str] | None

    def found_in(self, words: str) -> list[Finding]:
        """Return the terms in some words, with what customers are told instead."""
        return [replace(each, language=self.language) for each in jargon(words, self.pattern, self.sentences)]


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """The terms of every language, ready to look at any number of texts that one reader gets."""

    language: str
    """The reader's."""
    terms: Mapping[str, Terms]

    def check(self, text: str) -> list[Finding]:
        """Return what a customer would stumble over, in the order of the text.

        Each line is looked at in the language it is written in, and in the reader's.
        """
        found = (
            replace(each, start=line.start + each.start, end=line.start + each.end) for line, each in self._in(text)
        )
        return sorted(found, key=lambda each: (each.start, each.end))

    def _in(self, text: str) -> Iterator[tuple[Line, Finding]]:
        for line in lines_of(text, self.language):
            for each in (*self._terms_in(line), *other_findings(line.words, line.language)):
                yield line, each

    def _terms_in(self, line: Line) -> Iterator[Finding]:
        """Yield the terms of a line; what only another language explains has no words in the line's own.

        People mix the two Chinese scripts: a term that is written in the other one is offered words in that.
        """
        found: list[Finding] = []
        for language in dict.fromkeys((line.language, *_BESIDE.get(line.language, ()), self.language)):
            others = [each for each in self.terms[language].found_in(line.words) if not _overlaps(each, found)]
            is_own = language == line.language
            found += [each if is_own or _is_in_script(each, line) else replace(each, instead="") for each in others]
        yield from found


def _overlaps(finding: Finding, others: Iterable[Finding]) -> bool:
    return any(finding.start < each.end and each.start < finding.end for each in others)


def _is_in_script(finding: Finding, line: Line) -> bool:
    """Whether a term is itself written in the Chinese that explains it."""
    return line.language in _BESIDE and finding.language in _BESIDE and not finding.found.isascii()


def check(session: Session, text: str, language: str) -> list[Finding]:
    """Return what a customer would stumble over in a text; an offered sentence is put in by ``replaced``."""
    return phrasebook(session, language).check(text)


def phrasebook(session: Session, language: str) -> Phrasebook:
    """Return the terms of every language for a reader of one, for looking at many texts after one read."""
    changed = session.execute(select(Phrase)).scalars().all()
    found = {each: _entries([row for row in changed if row.language == each], each) for each in LOCALES}
    return Phrasebook(language, {each: _ready(each, entries) for each, entries in found.items()})


def _ready(language: str, found: Sequence[Entry]) -> Terms:
    sentences = {fold(each.term): each.sentence for each in found}
    return Terms(language, sentences, pattern_of(each.term for each in found))


def terms(session: Session, language: str) -> frozenset[str]:
    """Return the terms of a language in small letters, as the questionnaires' linter takes them."""
    return frozenset(each.term.lower() for each in entries(session, language))


def entries(session: Session, language: str) -> list[Entry]:
    """Return every term of a language in alphabetical order; what the desk wrote stands before what came along."""
    return _entries(session.execute(select(Phrase).where(Phrase.language == language)).scalars(), language)


def _entries(changed: Iterable[Phrase], language: str) -> list[Entry]:
    found = {fold(term): Entry(term, said, language, is_shipped=True) for term, said in SHIPPED[language].items()}
    for row in changed:
        if row.sentence:
            found[row.folded] = Entry(row.term, row.sentence, language, is_shipped=False)
        else:
            found.pop(row.folded, None)
    return [found[folded] for folded in sorted(found)]
