"""Which known issues look like the problem that somebody is describing."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, String, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from intake.versions import Verdict, check
from portal.core.actor import Actor
from portal.notices.models import (
    Notice,
    NoticeError,
    NoticeKind,
    NoticeRevision,
    NoticeState,
    NoticeText,
    ProductRange,
    Words,
    product_ranges,
)
from portal.notices.queries.reading import USABLE, is_current, reader_notices
from portal.notices.queries.visibility import visible_to

MOST_SHOWN = 3
"""Known issues that are shown at a time: whoever has a problem reads no more."""
_OPEN = (NoticeState.ACTIVE, NoticeState.WATCHING)
_KINDS = (NoticeKind.KNOWN_ISSUE, NoticeKind.INCIDENT)


@dataclass(frozen=True, slots=True)
class Problem:
    """As much of a problem as is known when others like it are looked for."""

    product: str = ""
    module: str = ""
    version: str = ""
    fingerprints: frozenset[str] = frozenset()

    @property
    def is_known(self) -> bool:
        """Whether there is anything to look by."""
        return bool(self.product or self.fingerprints)


@dataclass(frozen=True, slots=True)
class KnownIssue:
    """A known issue, with its way round, as somebody with such a problem reads it."""

    id: UUID
    code: str
    kind: NoticeKind
    language: str
    title: str
    words: Words
    is_certain: bool
    """Whether the version or the error message says so, and it isn't only possible."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much a problem is like a known issue."""

    has_same_error: bool
    verdict: Verdict
    names_module: bool = field(default=False)

    @property
    def rank(self) -> tuple[bool, bool, bool]:
        """Return what sorts the most alike first."""
        return not self.has_same_error, self.verdict is not Verdict.AFFECTED, not self.names_module

    @property
    def is_certain(self) -> bool:
        """Whether the version or the error message says so, and it isn't only possible."""
        return self.has_same_error or self.verdict is Verdict.AFFECTED


def likeness(products: Sequence[ProductRange], errors: AbstractSet[str], problem: Problem) -> Likeness | None:
    """Return how much a problem is like a known issue; None where they differ.

    Another error message is another problem. The same one is the same problem wherever it was seen, unless the version
    says no. Without a message, product, module and version decide; a version that can't be told apart may be the same.
    """
    has_same_error = not errors.isdisjoint(problem.fingerprints)
    if errors and problem.fingerprints and not has_same_error:
        return None
    about = [each for each in products if _is_about(each, problem, has_same_error=has_same_error)]
    if not about:
        return Likeness(True, Verdict.PLEASE_CHECK) if has_same_error and not products else None
    verdicts = {check(each.range, problem.version or None) for each in about}
    verdict = next((each for each in (Verdict.AFFECTED, Verdict.PLEASE_CHECK) if each in verdicts), None)
    names_module = any(each.module and each.module == problem.module for each in about)
    return None if verdict is None else Likeness(has_same_error, verdict, names_module)


def _is_about(product: ProductRange, problem: Problem, *, has_same_error: bool) -> bool:
    if not product.is_affected:
        return False
    if not problem.product:
        return has_same_error
    is_its_module = has_same_error or not product.module or not problem.module or product.module == problem.module
    return product.product == problem.product and is_its_module


def known_issues_for(
    session: Session, actor: Actor, problem: Problem, *, locale: str, today: date
) -> tuple[KnownIssue, ...]:
    """Return the known issues in force that a problem looks like, the most alike first."""
    if not problem.is_known:
        return ()
    alike = sorted(
        ((found.rank, code, notice_id, found) for notice_id, code, found in _alike(session, actor, problem, today)),
        key=lambda each: each[:2],
    )[:MOST_SHOWN]
    if not alike:
        return ()
    notices = {each.id: each for each in reader_notices(session, [notice_id for _, _, notice_id, _ in alike], locale)}
    return tuple(
        KnownIssue(
            id=notice_id,
            code=code,
            kind=notices[notice_id].kind,
            language=notices[notice_id].language,
            title=notices[notice_id].title,
            words=notices[notice_id].words,
            is_certain=found.is_certain,
        )
        for _, code, notice_id, found in alike
        if notice_id in notices
    )


@dataclass(frozen=True, slots=True)
class AlikeNotice:
    """A known issue that a problem looks like, by its title alone."""

    code: str
    title: str
    language: str
    is_certain: bool


def titles_alike(session: Session, actor: Actor, problem: Problem, *, locale: str, today: date) -> list[AlikeNotice]:
    """Return the known issues in force that a problem looks like, the most alike first, in one statement."""
    if not problem.is_known:
        return []
    rows = session.execute(_titled(actor), {"today": today, "locale": locale}).all()
    alike = sorted(_likenesses(rows, problem), key=lambda each: (each[1].rank, each[0].code))
    return [AlikeNotice(row.code, row.title, row.language, found.is_certain) for row, found in alike]


def _alike(session: Session, actor: Actor, problem: Problem, today: date) -> Iterable[tuple[UUID, str, Likeness]]:
    rows = session.execute(_candidates(actor), {"today": today}).all()
    return ((row.id, row.code, found) for row, found in _likenesses(rows, problem))


def _likenesses(rows: Sequence[Row[Any]], problem: Problem) -> Iterable[tuple[Row[Any], Likeness]]:
    errors: dict[UUID, set[str]] = {}
    for row in rows:
        errors.setdefault(row.id, set()).update({row.fingerprint} if row.fingerprint else ())
    for row in {row.id: row for row in rows}.values():
        found = likeness(_ranges(row), errors[row.id], problem)
        if found is not None:
            yield row, found


def _ranges(row: Row[Any]) -> Sequence[ProductRange]:
    return product_ranges(row.products)


@lru_cache(maxsize=2000)
def _candidates(actor: Actor) -> Select[Any]:
    """Return what finds the known issues in force that somebody may read, a row for each of their error messages."""
    return (
        select(Notice.id, Notice.code, NoticeRevision.products, NoticeError.fingerprint)
        .join(NoticeRevision, is_current())
        .outerjoin(NoticeError, NoticeError.notice_id == Notice.id)
        .where(
            visible_to(actor),
            Notice.kind.in_(_KINDS),
            Notice.state.in_(_OPEN),
            Notice.expires_on >= bindparam("today"),
        )
        .order_by(Notice.code.desc())
    )


@lru_cache(maxsize=2000)
def _titled(actor: Actor) -> Select[Any]:
    """Return what finds the same with their titles, in the reader's language where there is one."""
    source, own = aliased(NoticeText), aliased(NoticeText)
    is_readers = (own.language == bindparam("locale", type_=String)) & own.status.in_(USABLE)
    return (
        _candidates(actor)
        .add_columns(
            func.coalesce(own.language, source.language).label("language"),
            func.coalesce(own.title, source.title).label("title"),
        )
        .join(source, (source.revision_id == NoticeRevision.id) & (source.language == Notice.source_language))
        .outerjoin(own, (own.revision_id == NoticeRevision.id) & is_readers)
    )


def errors_of(session: Session, notice_id: UUID) -> Sequence[NoticeError]:
    """Return the error messages by which a known issue is recognised."""
    wanted = select(NoticeError).where(NoticeError.notice_id == notice_id).order_by(NoticeError.added_at)
    return session.scalars(wanted).all()
