"""Making and changing what comes back every year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import references
from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.notices.models import Notice, NoticeSeason, NoticeSeries
from portal.notices.queries.seasons import window_of
from portal.notices.queries.visibility import visible_to


class SeriesError(DomainError):
    """A notice that no series can begin with: it is ``not-out`` or not there, or ``taken`` by another series."""


@dataclass(frozen=True, slots=True)
class Timing:
    """What a series is called, when and for whom it comes back, and who answers for it."""

    names: Mapping[str, str]
    regions: Sequence[str]
    starts_on: str
    act_by: str
    ends_on: str
    lead_days: int
    lead_id: UUID | None
    is_active: bool


def make_series(
    session: Session, timing: Timing, *, first_code: str, by: Actor, at: datetime, today: date
) -> NoticeSeries:
    """Make a series; the notice that it begins with, if any, counts as the one of the year before."""
    first = _first(session, first_code, by=by) if first_code else None
    key = f"series-{references.next_number(session, 'notice-series')}"
    series = NoticeSeries(key=key, words={}, created_at=at)
    change_series(series, timing)
    session.add(series)
    session.flush()
    if first is not None:
        year = window_of(series, today).year - 1
        session.add(NoticeSeason(series_id=series.id, year=year, notice_id=first.id))
        session.flush()
    return series


def _first(session: Session, code: str, *, by: Actor) -> Notice:
    """Return a notice that readers have seen and that no series has, locked so that no other takes it meanwhile."""
    is_out = Notice.revision_number.is_not(None)
    wanted = select(Notice).where(Notice.code == code, is_out, visible_to(by)).with_for_update()
    notice = session.execute(wanted).scalar_one_or_none()
    if notice is None:
        raise SeriesError("not-out")
    if session.execute(select(NoticeSeason.year).where(NoticeSeason.notice_id == notice.id)).first():
        raise SeriesError("taken")
    return notice


def change_series(series: NoticeSeries, timing: Timing) -> None:
    """Change when and for whom a series comes back; drafts that are there stay as they are."""
    series.names, series.regions = dict(timing.names), list(timing.regions)
    series.starts_on, series.act_by, series.ends_on = timing.starts_on, timing.act_by, timing.ends_on
    series.lead_days, series.lead_id, series.is_active = timing.lead_days, timing.lead_id, timing.is_active
