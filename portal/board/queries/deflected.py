"""Who was helped before or instead of a ticket: by a known issue, an article or a step to try, or by joining others."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import Session

from portal.board.queries.figures import SERVED, Scope, organisation_of, product_of
from portal.interviews.models import Deflection
from portal.knowledge.queries import titles_of
from portal.notices.models import AffectedReport, Notice, NoticeRevision, ReportSource
from portal.notices.queries import ReaderNotice, reader_notices
from portal.tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class Helped:
    """Somebody who needed no ticket of their own."""

    organisation_id: UUID
    product_code: str
    module_code: str
    notice_id: UUID | None
    at: datetime


@dataclass(frozen=True, slots=True)
class WhatHelped:
    """Something that helped, and how many; a step to try is neither a notice nor an article."""

    number: int
    titles: Mapping[str, str]
    """By language."""
    notice_code: str = ""
    article_id: UUID | None = None
    is_joined: bool = False
    """Whether they said of a known issue that they have it, too, and hear how it goes on."""


def helped_since(session: Session, since: datetime) -> Iterator[Helped]:
    """Yield everybody who was helped so, from a moment on."""
    rows = session.execute(
        select(
            Deflection.organisation_id,
            Deflection.product_code,
            Deflection.module_code,
            Deflection.notice_id,
            Deflection.at,
        ).where(Deflection.at >= since)
    )
    yield from (Helped(*row) for row in rows)
    yield from joined(session, AffectedReport.at >= since)


def joined(session: Session, *when: ColumnElement[bool]) -> Iterator[Helped]:
    """Yield those who joined a known issue instead of reporting it again, with its product where it is about one."""
    has_ticket = exists().where(
        Ticket.organisation_id == AffectedReport.organisation_id, Ticket.notice_id == AffectedReport.notice_id
    )
    is_current = and_(NoticeRevision.notice_id == Notice.id, NoticeRevision.number == Notice.revision_number)
    rows = session.execute(
        select(AffectedReport.organisation_id, AffectedReport.notice_id, AffectedReport.at, NoticeRevision.products)
        .join(Notice, Notice.id == AffectedReport.notice_id)
        .outerjoin(NoticeRevision, is_current)
        .where(AffectedReport.source == ReportSource.PAGE, ~has_ticket, *when)
    )
    for row in rows:
        product, module = _only(row.products or (), "product"), _only(row.products or (), "module")
        yield Helped(row.organisation_id, product, module if product else "", row.notice_id, row.at)


def _only(products: Sequence[Mapping[str, Any]], name: str) -> str:
    named = {str(each.get(name) or "") for each in products}
    return named.pop() if len(named) == 1 else ""


def what_helped(
    session: Session, scope: Scope, stretch: tuple[date, date], *, zone: ZoneInfo, locale: str
) -> list[WhatHelped]:
    """Return what helped somebody within some days in a scope, the most helpful first."""
    begin, end = (datetime.combine(day, time(), zone) for day in stretch)
    within = (Deflection.at >= begin, Deflection.at < end)
    rows = session.execute(_counted(scope).where(*within)).all()
    others = joined(session, AffectedReport.at >= begin, AffectedReport.at < end)
    by_joining = Counter(each.notice_id for each in others if each.notice_id and is_in(scope, each))
    notices = {row.notice_id for row in rows if row.notice_id} | set(by_joining)
    named = {each.id: each for each in reader_notices(session, sorted(notices), locale)} if notices else {}
    titled = titles_of(session, sorted({row.article_id for row in rows if row.article_id}))
    found = [_of(row, named, titled) for row in rows]
    found += [_of_notice(number, named.get(each), is_joined=True) for each, number in by_joining.items()]
    return sorted(found, key=lambda each: (-each.number, each.notice_code, str(each.article_id)))


def _counted(scope: Scope) -> Select[*tuple[Any, ...]]:
    about = (Deflection.notice_id, Deflection.article_id)
    return select(*about, func.count().label("number")).where(_in(scope)).group_by(*about)


def _of(
    row: Row[*tuple[Any, ...]], named: Mapping[UUID, ReaderNotice], titled: Mapping[UUID, Mapping[str, str]]
) -> WhatHelped:
    if row.notice_id:
        return _of_notice(row.number, named.get(row.notice_id))
    return WhatHelped(row.number, titled.get(row.article_id, {}), article_id=row.article_id)


def _of_notice(number: int, notice: ReaderNotice | None, *, is_joined: bool = False) -> WhatHelped:
    titles = {notice.language: notice.title} if notice else {}
    return WhatHelped(number, titles, notice_code=notice.code if notice else "", is_joined=is_joined)


def is_in(scope: Scope, helped: Helped) -> bool:
    """Whether somebody counts in a scope."""
    if scope.kind == SERVED:
        return any(is_in(each, helped) for each in scope.within)
    product, organisation = product_of(scope), organisation_of(scope)
    module = scope.key.partition("/")[2]
    return {
        "all": True,
        "product": helped.product_code == product,
        "module": (helped.product_code, helped.module_code) == (product, module),
        "organisation": helped.organisation_id == organisation,
        "both": (helped.product_code, helped.organisation_id) == (product, organisation),
    }.get(scope.kind, False)


def _in(scope: Scope) -> ColumnElement[bool]:
    if scope.kind == SERVED:
        return or_(false(), *(_in(each) for each in scope.within))
    product, organisation = product_of(scope), organisation_of(scope)
    module = scope.key.partition("/")[2]
    return {
        "all": true(),
        "product": Deflection.product_code == product,
        "module": and_(Deflection.product_code == product, Deflection.module_code == module),
        "organisation": Deflection.organisation_id == organisation if organisation else false(),
        "both": and_(Deflection.product_code == product, Deflection.organisation_id == organisation),
    }.get(scope.kind, false())
