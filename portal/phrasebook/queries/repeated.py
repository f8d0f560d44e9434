"""What agents keep writing: a word counts by the texts it stands in and by who wrote them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from portal.core.segmentation import Segmenter
from portal.core.terms import folded
from portal.phrasebook.queries.checking import uncovered
from portal.phrasebook.queries.phrases import Phrasebook
from portal.phrasebook.queries.written import lines_of

ENOUGH_TEXTS = 5
ENOUGH_AGENTS = 2
HARDLY = 10
"""Customers hardly write a word where they do so in at most a tenth as many texts as agents."""
_MOST_PLACES = 20
_LATIN = re.compile(r"[a-z]+(?:[-_][a-z]+)*")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Written:
    """A text that an agent wrote for customers, and where it stands: on a ticket, or in a notice."""

    words: str
    language: str
    """In which what fits several languages is read."""
    author_id: UUID
    at: datetime
    ticket_id: UUID | None = None
    text_id: UUID | None = None
    notice_id: UUID | None = None


@dataclass(slots=True)
class Repeated:
    """A word of one language, how often it was written by how many, and where last."""

    language: str
    word: str
    """Simplified and in small letters, whatever its language."""
    texts: int = 0
    authors: set[UUID] = field(default_factory=set)
    spellings: Counter[str] = field(default_factory=Counter)
    places: list[Written] = field(default_factory=list)
    customers: int = 0
    """In how many texts customers wrote it."""

    @property
    def term(self) -> str:
        """The word as it is written most often."""
        return self.spellings.most_common(1)[0][0]

    @property
    def is_enough(self) -> bool:
        """Whether several agents wrote it in several texts."""
        return self.texts >= ENOUGH_TEXTS and len(self.authors) >= ENOUGH_AGENTS

    @property
    def is_ours_alone(self) -> bool:
        """Whether customers hardly ever write it."""
        return self.customers * HARDLY <= self.texts


def repeated(
    written: Iterable[Written], book: Phrasebook, segmenter: Segmenter, *, known: Collection[str]
) -> list[Repeated]:
    """Return the words that several agents wrote in several texts, but for terms of the phrasebook and known ones.

    The texts come the newest first.
    """
    found: dict[tuple[str, str], Repeated] = {}
    for text in written:
        for (language, word), spelling in _words_of(text, book, segmenter).items():
            if word in known or len(spelling) > _LONGEST:
                continue
            one = found.setdefault((language, word), Repeated(language, word))
            one.texts += 1
            one.authors.add(text.author_id)
            one.spellings[spelling] += 1
            if len(one.places) < _MOST_PLACES:
                one.places.append(text)
    return [each for each in found.values() if each.is_enough]


def _words_of(text: Written, book: Phrasebook, segmenter: Segmenter) -> Mapping[tuple[str, str], str]:
    """Return the words of a text with how they are spelled there, by language."""
    found: dict[tuple[str, str], str] = {}
    for line in lines_of(unicodedata.normalize("NFKC", text.words), text.language):
        prose = uncovered(line.words)
        pattern = book.terms[line.language].pattern
        prose = pattern.sub("\x00", prose) if pattern else prose
        for word, spelling in _spelled(prose, segmenter):
            found.setdefault((line.language, word), spelling)
    return found


def _spelled(prose: str, segmenter: Segmenter) -> Iterator[tuple[str, str]]:
    """Yield each word without digits, and how it stands in the text: in its own script and letters."""
    plain, begin = folded(prose), 0
    is_alike = len(plain) == len(prose)
    for word in segmenter.words(prose):
        if any(each.isdigit() for each in word):
            continue
        place = plain.find(word, begin)
        begin = max(place, begin)
        yield word, prose[place : place + len(word)] if is_alike and place >= 0 else word


def count_customers(found: Collection[Repeated], said: Iterable[str]) -> None:
    """Count in how many texts customers wrote each word."""
    by_word: dict[str, list[Repeated]] = {}
    for each in found:
        by_word.setdefault(each.word, []).append(each)
    for text in said:
        for word in _standing_in(folded(text), by_word):
            for each in by_word[word]:
                each.customers += 1


def without_names(found: Iterable[Repeated], names: Iterable[str]) -> list[Repeated]:
    """Return the words that stand in nobody's name."""
    kept = list(found)
    words = {each.word for each in kept}
    named = {word for name in names for word in _standing_in(folded(name), words)}
    return [each for each in kept if each.word not in named]


def _standing_in(plain: str, words: Iterable[str]) -> list[str]:
    """Return the words that stand in a text: Latin ones by themselves, Chinese ones wherever their characters do."""
    alone = {form for each in _LATIN.findall(plain) for form in (each, each.removesuffix("s"))}
    return [word for word in words if word in alone or (not word.isascii() and word in plain)]
