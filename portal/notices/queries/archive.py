"""All notices that are or were out, by year and by their words, whatever the script."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Row,
    Text,
    cast,
    column,
    false,
    func,
    literal,
    literal_column,
    select,
    table,
    tuple_,
)
from sqlalchemy.orm import Session, aliased

from portal.core.actor import Actor
from portal.core.terms import words_of
from portal.notices.models import IN_FORCE, Notice, NoticeKind, NoticeRevision, NoticeState, NoticeText, NoticeWords
from portal.notices.queries.reading import USABLE, is_current
from portal.notices.queries.visibility import visible_to

A_PAGE = 40
COUNTED_UP_TO = 100
"""Counting stops here, so that it costs the same however many notices there are; pages then say 99+."""
_MOST_YEARS = 20
_terms = table("notice_terms", column("rowid"), column("notice_terms"))
"""On SQLite, the full-text table beside the words; the column of its own name stands for all of it."""
_array: ColumnElement[Any] = literal_column("string_to_array(notice_words.terms, ' ')")
"""On PostgreSQL, what the index of the words is made of, as it is written there."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody looks for in the archive."""

    typed: str = ""
    year: int | None = None
    before: str = ""
    """The code of the last notice of the page before."""


@dataclass(frozen=True, slots=True)
class ArchiveRow:
    """A notice in the archive."""

    code: str
    kind: NoticeKind
    state: NoticeState
    published_at: datetime
    language: str
    title: str
    summary: str

    @property
    def is_in_force(self) -> bool:
        """Whether it is one that readers still go by."""
        return self.state in IN_FORCE


def archived(session: Session, actor: Actor, sought: Sought, *, locale: str) -> list[ArchiveRow]:
    """Return a page of what an actor may read and looks for, the newest first; one more, to know if there is more."""
    own, source = aliased(NoticeText), aliased(NoticeText)
    is_readers = (own.language == locale) & own.status.in_(USABLE)
    rows = session.execute(
        select(
            Notice.code, Notice.kind, Notice.state, Notice.published_at,
            func.coalesce(own.language, source.language).label("language"),
            func.coalesce(own.title, source.title).label("title"),
            func.coalesce(own.summary, source.summary).label("summary"),
        )
        .join(NoticeRevision, is_current())
        .join(source, (source.revision_id == NoticeRevision.id) & (source.language == Notice.source_language))
        .outerjoin(own, (own.revision_id == NoticeRevision.id) & is_readers)
        .where(*_conditions(session, actor, sought.typed), *_in_year(sought.year), *_after(sought.before))
        .order_by(Notice.published_at.desc(), Notice.code.desc())
        .limit(A_PAGE + 1)
    ).all()  # fmt: skip
    return [_row(row) for row in rows]


def _row(row: Row[*tuple[Any, ...]]) -> ArchiveRow:
    return ArchiveRow(
        row.code, NoticeKind(row.kind), NoticeState(row.state), row.published_at, row.language, row.title, row.summary
    )


def years(session: Session, actor: Actor, *, today: date, typed: str = "") -> list[tuple[int, int]]:
    """Return each year with the number of notices that came out in it, the latest first; it counts to a hundred."""
    conditions = _conditions(session, actor, typed)
    first = session.execute(
        select(Notice.published_at).where(*conditions).order_by(Notice.published_at).limit(1)
    ).scalar()
    if first is None:
        return []
    wanted = range(today.year, first.year - 1, -1)[:_MOST_YEARS]
    counts = session.execute(select(*(_count(conditions, year) for year in wanted))).one()
    return [(year, number) for year, number in zip(wanted, counts, strict=True) if number]


def _count(conditions: Sequence[ColumnElement[bool]], year: int) -> ColumnElement[int]:
    some = select(literal(1)).where(*conditions, *_in_year(year)).limit(COUNTED_UP_TO)
    return select(func.count()).select_from(some.subquery()).scalar_subquery()


def _conditions(session: Session, actor: Actor, typed: str) -> list[ColumnElement[bool]]:
    is_out = Notice.revision_number.is_not(None) & Notice.published_at.is_not(None)
    return [visible_to(actor), is_out, *_having(session.get_bind().dialect.name, typed)]


def _in_year(year: int | None) -> list[ColumnElement[bool]]:
    if year is None or not 1 <= year < 9999:
        return [false()] if year is not None else []
    begins, ends = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    return [Notice.published_at >= begins, Notice.published_at < ends]


def _after(code: str) -> list[ColumnElement[bool]]:
    """Return what leaves out everything up to a notice; one that isn't there leaves out nothing."""
    if not code:
        return []
    last = aliased(Notice)
    at = select(last.published_at).where(last.code == code).scalar_subquery()
    return [tuple_(Notice.published_at, Notice.code) < tuple_(at, code)]


def _having(dialect: str, typed: str) -> Iterator[ColumnElement[bool]]:
    """Yield a condition for each word that is looked for."""
    words = words_of(typed)
    if typed.strip() and not words:
        yield false()
    for word in words:
        yield Notice.id.in_(_on_sqlite(word) if dialect == "sqlite" else _on_postgresql(word))


def _on_sqlite(word: Sequence[str]) -> Any:
    together = " AND ".join(f'"{term}"' for term in word)
    return (
        select(NoticeWords.notice_id)
        .join(_terms, _terms.c.rowid == NoticeWords.number)
        .where(_terms.c.notice_terms.op("MATCH")(together))
    )


def _on_postgresql(word: Sequence[str]) -> Any:
    return select(NoticeWords.notice_id).where(_array.op("@>")(cast(list(word), ARRAY(Text))))
