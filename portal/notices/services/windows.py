"""Planning maintenance windows, changing them, calling them off, and telling people before they begin."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.notices import messages
from portal.notices.models import IN_FORCE, MaintenanceWindow, Notice, NoticeKind, NoticeRevision, NoticeState
from portal.notices.queries.reach import organisations_reached, people_at
from portal.notices.queries.reading import is_current
from portal.notices.queries.recurring import Repeat, is_rare, next_time, rule_for, times
from portal.outbox.messages import Message
from portal.outbox.services import queue_for_all

REMIND_BEFORE = timedelta(hours=24)
MOST_LEFT_OUT = 60
"""Days that a window leaves out, more than a year of weeks; whoever leaves out more means another rule."""
MOST_MINUTES = 7 * 24 * 60
_DAYS_BETWEEN = {
    Repeat.WEEKLY: 7,
    Repeat.FORTNIGHTLY: 14,
    Repeat.MONTHLY_ON_DAY: 28,
    Repeat.MONTHLY_ON_WEEKDAY: 28,
    Repeat.YEARLY: 365,
}


class WindowError(DomainError):
    """A window that can't be planned so.

    ``not-maintenance``, ``over``, ``past``, ``length``, ``rare-day``, ``overlaps-itself``, ``until-too-early``, or
    ``after-expiry``; or a day that can't be left out: ``other-day`` where it does not come then, ``too-many-left-out``.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When a window is to be, on the clock of where it is."""

    day: date
    at: time
    minutes: int
    time_zone: str
    repeat: Repeat = Repeat.NEVER
    until: date | None = None

    @property
    def starts_at(self) -> datetime:
        """The first time."""
        return datetime.combine(self.day, self.at, ZoneInfo(self.time_zone))

    @property
    def ends_with(self) -> datetime | None:
        """The last moment at which it may begin once more."""
        return datetime.combine(self.until, time(23, 59, 59), ZoneInfo(self.time_zone)) if self.until else None


def plan_window(session: Session, notice: Notice, plan: Plan, *, by: Actor, at: datetime) -> MaintenanceWindow:
    """Add a window to a maintenance notice."""
    _require_plan(notice, plan, at)
    window = MaintenanceWindow(notice_id=notice.id, skipped=[], created_by=by.person_id, created_at=at, changed_at=at)
    window.sequence, window.cancelled_because = 0, ""
    _keep(window, notice, plan, at=at)
    session.add(window)
    session.flush()
    return window


def change_window(session: Session, window: MaintenanceWindow, notice: Notice, plan: Plan, *, at: datetime) -> None:
    """Move a window; calendars that have it take the new time, and whoever knew of the earlier one is told at once."""
    _require_plan(notice, plan, at)
    announced, minutes = window.announced, window.minutes
    known = window.reminded_until, window.announced_for
    window.skipped, window.reminded_until, window.announced_for = [], None, None
    _touch(window, at)
    _keep(window, notice, plan, at=at)
    if announced is None:
        return
    if window.minutes == minutes and any(each.starts_at == announced for each in times(window)):
        # Each by itself: whoever heard of it long before is still reminded of it a day before.
        window.reminded_until, window.announced_for = known
        return
    _tell_of_move(session, window, at=at)


def _tell_of_move(session: Session, window: MaintenanceWindow, *, at: datetime) -> None:
    """Say when it comes instead; where that is within a day, nobody is reminded of it as well."""
    starts_at = window.next_starts_at
    if starts_at is None:
        return
    window.announced_for = starts_at
    window.reminded_until = starts_at if starts_at <= at + REMIND_BEFORE else None
    _tell(session, window, messages.maintenance_moved(window, starts_at), at=at)


def skip_time(session: Session, window: MaintenanceWindow, *, day: date, at: datetime) -> None:
    """Leave one of a window's days out; whoever was told of it hears that."""
    if window.cancelled_at is not None:
        raise WindowError("over")
    if not window.rule:
        raise WindowError("other-day")
    if day.isoformat() in window.skipped:
        return
    zone = ZoneInfo(window.time_zone)
    left_out = next((each for each in times(window) if each.starts_at.astimezone(zone).date() == day), None)
    if left_out is None or left_out.ends_at <= at:
        raise WindowError("other-day")
    if len(window.skipped) >= MOST_LEFT_OUT:
        raise WindowError("too-many-left-out", most=MOST_LEFT_OUT)
    window.skipped = sorted({*window.skipped, day.isoformat()})
    _touch(window, at)
    was_announced = left_out.starts_at in (window.reminded_until, window.announced_for)
    _look_ahead(window, at)
    if was_announced:
        _tell(session, window, messages.maintenance_off(window, left_out.starts_at), at=at)


def call_off(session: Session, window: MaintenanceWindow, *, reason: str, at: datetime) -> None:
    """Call a window off for good; whoever was told of it hears that."""
    if window.cancelled_at is not None:
        return
    announced = window.announced
    window.cancelled_at, window.cancelled_because, window.next_starts_at = at, reason, None
    _touch(window, at)
    if announced is not None:
        _tell(session, window, messages.maintenance_off(window, announced), at=at)


def remind_of_windows(session: Session, *, at: datetime) -> None:
    """Tell everyone whom it concerns of what begins within a day, once each time; then look at what comes next."""
    due = session.scalars(
        select(MaintenanceWindow)
        .join(Notice, Notice.id == MaintenanceWindow.notice_id)
        .where(
            MaintenanceWindow.next_starts_at <= at + REMIND_BEFORE,
            Notice.state.in_(IN_FORCE),
            Notice.revision_number.is_not(None),
        )
        .with_for_update(of=MaintenanceWindow)
    ).all()
    for window in due:
        _look_ahead(window, at)
        starts_at = window.next_starts_at
        is_near = starts_at is not None and at < starts_at <= at + REMIND_BEFORE
        if starts_at is not None and is_near and window.reminded_until != starts_at:
            _tell(session, window, messages.maintenance(window, starts_at), at=at)
            window.reminded_until = starts_at
    session.flush()


def _tell(session: Session, window: MaintenanceWindow, message: Message, *, at: datetime) -> None:
    revision = session.execute(
        select(NoticeRevision).join(Notice, is_current()).where(Notice.id == window.notice_id)
    ).scalar_one()
    reached = [each.organisation_id for each in organisations_reached(session, revision)]
    queue_for_all(session, message, people_at(session, reached), at=at)


def _require_plan(notice: Notice, plan: Plan, at: datetime) -> None:
    if notice.kind != NoticeKind.MAINTENANCE:
        raise WindowError("not-maintenance")
    if notice.state not in (NoticeState.DRAFT, *IN_FORCE):
        raise WindowError("over")
    if plan.starts_at <= at:
        raise WindowError("past")
    if not 0 < plan.minutes <= MOST_MINUTES:
        raise WindowError("length")
    _require_rule(notice, plan)


def _require_rule(notice: Notice, plan: Plan) -> None:
    if plan.day > notice.expires_on:
        raise WindowError("after-expiry")
    if plan.repeat is Repeat.NEVER:
        return
    if is_rare(plan.repeat, plan.day):
        raise WindowError("rare-day", day=plan.day.isoformat())
    if plan.minutes > _DAYS_BETWEEN[plan.repeat] * 24 * 60:
        raise WindowError("overlaps-itself")
    if plan.until is not None and plan.until < plan.day:
        raise WindowError("until-too-early")


def _keep(window: MaintenanceWindow, notice: Notice, plan: Plan, *, at: datetime) -> None:
    window.time_zone, window.minutes = plan.time_zone, plan.minutes
    window.starts_at = plan.starts_at.astimezone(UTC)
    # Nobody is shown a notice after its expiry, so its windows end with it.
    last = min(filter(None, (plan.until, notice.expires_on)))
    ends_with = datetime.combine(last, time(23, 59, 59), ZoneInfo(plan.time_zone))
    window.rule = rule_for(plan.repeat, plan.starts_at, ends_with)
    _look_ahead(window, at)


def _touch(window: MaintenanceWindow, at: datetime) -> None:
    window.sequence += 1
    window.changed_at = at


def _look_ahead(window: MaintenanceWindow, at: datetime) -> None:
    found = next_time(window, at)
    window.next_starts_at = found.starts_at if found and window.cancelled_at is None else None


def window_of(session: Session, notice_id: UUID, window_id: UUID) -> MaintenanceWindow | None:
    """Return a window of a notice to change."""
    wanted = select(MaintenanceWindow).where(
        MaintenanceWindow.id == window_id, MaintenanceWindow.notice_id == notice_id
    )
    return session.execute(wanted.with_for_update()).scalar_one_or_none()
