"""Maintenance windows for readers: those of a notice, and those that come soon."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.notices.models import MaintenanceWindow, Notice, NoticeKind
from portal.notices.queries.concern import concern
from portal.notices.queries.lists import NoticeRow
from portal.notices.queries.reading import ReaderNotice, installed_by, reader_notices
from portal.notices.queries.recurring import Occurrence, Repeat, coming_times, repeat_of
from portal.notices.queries.visibility import visible_to

SHOWN_BEFORE = timedelta(days=14)
"""How long before it begins a window stands on the home page."""
_TIMES_SHOWN = 5
_MOST_IN_CALENDARS = 200


@dataclass(frozen=True, slots=True)
class ShownWindow:
    """A window of a notice, with the times that are to come."""

    id: UUID
    window: MaintenanceWindow
    repeat: Repeat
    times: Sequence[Occurrence]

    @property
    def is_off(self) -> bool:
        """Whether it was called off."""
        return self.window.cancelled_at is not None

    def day_of(self, time: Occurrence) -> str:
        """Return the day of a time on the window's own clock, by which it is left out."""
        return time.starts_at.astimezone(ZoneInfo(self.window.time_zone)).date().isoformat()


@dataclass(frozen=True, slots=True)
class ComingWindow:
    """A window that is on, or begins soon, and concerns the reader."""

    notice: NoticeRow
    time: Occurrence
    is_running: bool


def windows_of(session: Session, notice_id: UUID, *, at: datetime) -> list[ShownWindow]:
    """Return the windows of a notice, in the order in which they come; those that are over last."""
    rows = session.scalars(select(MaintenanceWindow).where(MaintenanceWindow.notice_id == notice_id)).all()
    ordered = sorted(rows, key=lambda each: (each.next_starts_at is None, each.next_starts_at or each.starts_at))
    return [ShownWindow(each.id, each, repeat_of(each.rule), coming_times(each, at, _TIMES_SHOWN)) for each in ordered]


_COMING = select(MaintenanceWindow).where(
    MaintenanceWindow.notice_id.in_(bindparam("notices", expanding=True)),
    MaintenanceWindow.cancelled_at.is_(None),
    MaintenanceWindow.next_starts_at <= bindparam("before"),
)


def coming_windows(session: Session, rows: Iterable[NoticeRow], *, at: datetime) -> list[ComingWindow]:
    """Return what of the maintenance that concerns a reader is on or begins soon; no statement where there is none."""
    notices = {each.id: each for each in rows if each.kind is NoticeKind.MAINTENANCE and each.concern.is_likely}
    if not notices:
        return []
    windows = session.scalars(_COMING, {"notices": list(notices), "before": at + SHOWN_BEFORE})
    found = [
        ComingWindow(notices[each.notice_id], time, time.is_running(at))
        for each in windows
        for time in coming_times(each, at, 1)
        if time.starts_at <= at + SHOWN_BEFORE
    ]
    return sorted(found, key=lambda each: (each.time.starts_at, each.notice.code))


@dataclass(frozen=True, slots=True)
class CalendarWindow:
    """A window as a calendar takes it."""

    window: MaintenanceWindow
    notice: ReaderNotice


def windows_in_calendars(session: Session, reader: Actor, *, locale: str, today: date) -> list[CalendarWindow]:
    """Return every window of the maintenance that concerns a reader, called off or not, for their calendar.

    Of whoever is not signed in we don't know what they run: it is everything that everyone may read.
    """
    windows = session.scalars(
        select(MaintenanceWindow)
        # Few windows are planned, and notices only grow: each window asks for its own.
        .where(
            exists().where(
                Notice.id == MaintenanceWindow.notice_id,
                Notice.kind == NoticeKind.MAINTENANCE,
                Notice.expires_on >= today,
                visible_to(reader),
            )
        )
        .order_by(MaintenanceWindow.starts_at)
        .limit(_MOST_IN_CALENDARS)
    ).all()
    if not windows:
        return []
    own = reader.organisation_id
    installed = installed_by(session, own) if own else []
    read = reader_notices(session, [each.notice_id for each in windows], locale)
    notices = {each.id: each for each in read if own is None or concern(each.products, installed).is_likely}
    return [CalendarWindow(each, notices[each.notice_id]) for each in windows if each.notice_id in notices]
