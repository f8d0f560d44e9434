"""Reads about the series on the desk: what comes back when, and what each year brought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session, aliased

from portal.notices.models import (
    Notice,
    NoticeRevision,
    NoticeSeason,
    NoticeSeries,
    NoticeState,
    RevisionState,
)
from portal.notices.queries.seasons import Window, window_of


@dataclass(frozen=True, slots=True)
class YearsNotice:
    """What a series brought in a year, and where it stands."""

    year: int
    code: str
    state: NoticeState
    revision_state: RevisionState
    number: int
    is_out: bool
    """Whether readers have ever seen it."""


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series in the list on the desk."""

    series: NoticeSeries
    window: Window
    notice: YearsNotice | None
    """The one of this window."""
    is_late: bool
    """Whether its lead is alarmed, because nobody has approved it and little time is left."""


def all_series(session: Session, *, today: date) -> list[SeriesRow]:
    """Return every series with its next window and the notice of that."""
    brought: dict[UUID, list[YearsNotice]] = {}
    for row in session.execute(_brought().where(NoticeSeason.year >= today.year - 1)):
        brought.setdefault(row.series_id, []).append(_years_notice(row))
    found = session.execute(select(NoticeSeries).order_by(NoticeSeries.starts_on, NoticeSeries.key)).scalars()
    return [_series_row(series, brought.get(series.id, ()), today) for series in found]


def _series_row(series: NoticeSeries, brought: Sequence[YearsNotice], today: date) -> SeriesRow:
    window = window_of(series, today)
    notice = next((each for each in brought if each.year == window.year), None)
    waits = notice is not None and notice.state == NoticeState.DRAFT
    return SeriesRow(series, window, notice, waits and series.is_active and today >= window.alarm_from)


def years_of(session: Session, series_id: UUID) -> list[YearsNotice]:
    """Return what a series has brought, the newest first."""
    rows = session.execute(_brought().where(NoticeSeason.series_id == series_id).order_by(NoticeSeason.year.desc()))
    return [_years_notice(row) for row in rows]


def _brought() -> Select[*tuple[Any, ...]]:
    newer = aliased(NoticeRevision)
    newest = select(func.max(newer.number)).where(newer.notice_id == Notice.id).scalar_subquery()
    return (
        select(
            NoticeSeason.series_id, NoticeSeason.year, Notice.code, Notice.state, NoticeRevision.number,
            NoticeRevision.state.label("revision_state"), Notice.revision_number.is_not(None).label("is_out"),
        )
        .join(Notice, Notice.id == NoticeSeason.notice_id)
        .join(NoticeRevision, (NoticeRevision.notice_id == Notice.id) & (NoticeRevision.number == newest))
    )  # fmt: skip


def _years_notice(row: Row[*tuple[Any, ...]]) -> YearsNotice:
    state, revision_state = NoticeState(row.state), RevisionState(row.revision_state)
    return YearsNotice(row.year, row.code, state, revision_state, row.number, bool(row.is_out))


def series_by_key(session: Session, key: str) -> NoticeSeries | None:
    """Return a series by its key."""
    return session.execute(select(NoticeSeries).where(NoticeSeries.key == key)).scalar_one_or_none()


def series_with(session: Session, notice_id: UUID) -> NoticeSeries | None:
    """Return the series that a notice belongs to, if any."""
    brought = select(NoticeSeries).join(NoticeSeason, NoticeSeason.series_id == NoticeSeries.id)
    return session.execute(brought.where(NoticeSeason.notice_id == notice_id)).scalar_one_or_none()
