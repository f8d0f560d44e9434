"""What is different in a notice since somebody read it, word by word; Chinese has no spaces, so sign by sign."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

from sqlalchemy import String, bindparam, select
from sqlalchemy.orm import Session, aliased

from portal.notices.models import Notice, NoticeRevision, NoticeText, ProductRange, Words, product_ranges
from portal.notices.queries.reading import USABLE, ReaderNotice

_TOKEN = re.compile(r"\{key:[^{}\s]{1,20}\}|[A-Za-z0-9À-ɏ]+(?:[.'’-][A-Za-z0-9À-ɏ]+)*|\s+|.", re.DOTALL)
_LONGEST = 4000
"""Tokens of a part; a longer one is shown as it was and as it is."""
_STRAY = 2
"""Signs that stay between two changes and only tear a sentence apart."""


class Sort(StrEnum):
    """What became of some words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


class Part(StrEnum):
    """The parts of a notice, in the order in which it is read."""

    TITLE = "title"
    ACT_BY = "act_by"
    WHAT = "what"
    WHO = "who"
    DO = "do"
    CHECKLIST = "checklist"
    STEPS = "steps"
    CAUSE = "cause"
    PREVENTION = "prevention"
    PRODUCTS = "products"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that stayed, came or went."""

    sort: Sort
    text: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A part of a notice with what stayed, came and went in it."""

    part: Part
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a notice said to somebody: everything that can be compared."""

    title: str
    words: Words
    act_by: date | None
    products: Sequence[ProductRange]
    language: str


def difference(before: str, after: str) -> list[Piece]:
    """Return what stayed, came and went from one text to another."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if max(len(old), len(new)) > _LONGEST:
        return [each for each in (Piece(Sort.REMOVED, before), Piece(Sort.ADDED, after)) if each.text]
    found: list[Piece] = []
    for old_from, old_to, new_from, new_to, is_same in _stretches(old, new):
        if is_same:
            found.append(Piece(Sort.SAME, "".join(new[new_from:new_to])))
            continue
        gone, come = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        found += [each for each in (Piece(Sort.REMOVED, gone), Piece(Sort.ADDED, come)) if each.text]
    return found


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int, bool]]:
    """Yield stretches of both texts; signs that stay alone between two changes belong to the change."""
    waiting: tuple[int, int, int, int] | None = None
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for place, (sort, *ends) in enumerate(steps):
        old_from, old_to, new_from, new_to = ends
        is_inside = 0 < place < len(steps) - 1
        is_stray = is_inside and old_to - old_from <= _STRAY and "\n" not in old[old_from:old_to]
        if sort == "equal" and not is_stray:
            if waiting:
                yield *waiting, False
            yield old_from, old_to, new_from, new_to, True
            waiting = None
        else:
            first = waiting or (old_from, old_to, new_from, new_to)
            waiting = (first[0], old_to, first[2], new_to)
    if waiting:
        yield *waiting, False


def changes(before: Reading, after: Reading) -> list[Changed]:
    """Return the parts of a notice that are different, in the order in which it is read."""
    old, new = _parts(before), _parts(after)
    return [Changed(part, difference(old[part], new[part])) for part in Part if old[part] != new[part]]


def _parts(reading: Reading) -> dict[Part, str]:
    words = reading.words
    return {
        Part.TITLE: reading.title,
        Part.ACT_BY: reading.act_by.isoformat() if reading.act_by else "",
        Part.WHAT: words.what,
        Part.WHO: words.who,
        Part.DO: words.do,
        Part.CHECKLIST: "\n".join(item.text for item in words.checklist),
        Part.STEPS: "\n".join("\n".join(filter(None, (step.do, step.see, step.if_not))) for step in words.steps),
        Part.CAUSE: words.cause,
        Part.PREVENTION: words.prevention,
        Part.PRODUCTS: "\n".join(f"{each.name(reading.language)} {each.range}" for each in reading.products),
    }


def changes_since(session: Session, notice: ReaderNotice, number: int) -> list[Changed]:
    """Return what is different from an earlier published revision, in the language that the reader reads."""
    before = _reading_of(session, notice, number)
    now = Reading(notice.title, notice.words, notice.act_by, notice.products, notice.language)
    return changes(before, now) if before else []


def _reading_of(session: Session, notice: ReaderNotice, number: int) -> Reading | None:
    own, source = aliased(NoticeText), aliased(NoticeText)
    is_readers = (own.language == bindparam("language", type_=String)) & own.status.in_(USABLE)
    row = session.execute(
        select(
            own.title.label("own_title"), own.document.label("own_document"), source.title, source.document,
            NoticeRevision.act_by, NoticeRevision.products,
        )
        .join(Notice, Notice.id == NoticeRevision.notice_id)
        .join(source, (source.revision_id == NoticeRevision.id) & (source.language == Notice.source_language))
        .outerjoin(own, (own.revision_id == NoticeRevision.id) & is_readers)
        .where(
            NoticeRevision.notice_id == notice.id,
            NoticeRevision.number == number,
            NoticeRevision.number < notice.number,
            NoticeRevision.published_at.is_not(None),
        ),
        {"language": notice.language},
    ).first()  # fmt: skip
    if row is None:
        return None
    return Reading(
        title=row.own_title or row.title,
        words=Words.of(row.own_document or row.document),
        act_by=row.act_by,
        products=product_ranges(row.products),
        language=notice.language,
    )
