"""Writing the next version of a calendar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.agreements.models import CalendarException, WorkCalendar
from portal.agreements.permissions import require_editor
from portal.agreements.queries import forget_agreements
from portal.agreements.terms import OtherDay
from portal.core.actor import Actor
from portal.core.audit import note_audit
from portal.core.calendar import Calendar, CalendarError, Interval
from portal.core.db import new_id
from portal.core.errors import StaleError

MOST_OTHER_DAYS = 2000
_WEEK = range(7)
_WAITS_AT_MOST = 20
"""Working days that a ticket waits for a customer, with room to spare: so far a calendar must reach from any moment."""


@dataclass(frozen=True, slots=True)
class CalendarDraft:
    """Everything that a version of a calendar says."""

    name: str
    zone: str
    weekly: Mapping[int, Sequence[Interval]]
    other_days: Sequence[OtherDay] = field(default=())


def save_calendar(
    session: Session, draft: CalendarDraft, *, by: Actor, at: datetime, seen: int | None = None
) -> WorkCalendar:
    """Write a calendar's next version; what was promised under earlier ones stays.

    Raises CalendarError for one without working time, and StaleError where ``seen`` is not the latest version.
    """
    require_editor(by)
    latest = latest_version(session, draft.name)
    if seen is not None and seen != latest:
        raise StaleError("changed-meanwhile", version=latest)
    checked = _checked(draft, latest + 1, at)
    weekly = [[[each.start, each.end] for each in checked.weekly.get(day, ())] for day in _WEEK]
    row = WorkCalendar(
        id=new_id(),
        name=draft.name,
        version=checked.version,
        zone=draft.zone,
        weekly=weekly,
        made_at=at,
        made_by=by.person_id,
    )
    session.add(row)
    session.flush()
    session.add_all(_exception(row, each) for each in draft.other_days)
    note_audit(session, "save-calendar", subject=row, by=by, at=at, version=checked.source)
    session.flush()
    forget_agreements(session)
    return row


def latest_version(session: Session, name: str) -> int:
    """Return the number of a calendar's latest version, 0 before the first."""
    return session.execute(select(func.max(WorkCalendar.version)).where(WorkCalendar.name == name)).scalar() or 0


def _checked(draft: CalendarDraft, version: int, at: datetime) -> Calendar:
    """Return the calendar as a value that surely opens again, whatever day it is asked on."""
    try:
        zone = ZoneInfo(draft.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise CalendarError("zone-unknown", zone=draft.zone) from error
    if len(draft.other_days) > MOST_OTHER_DAYS:
        raise CalendarError("too-many-days", most=MOST_OTHER_DAYS)
    days = {each.day: each.intervals for each in draft.other_days}
    if len(days) < len(draft.other_days):
        raise CalendarError("day-twice")
    found = Calendar(draft.name, version, zone, draft.weekly, days)
    found.walk_days(at, _WAITS_AT_MOST)
    for each in draft.other_days:
        if not each.intervals:
            found.business_walk(datetime.combine(each.day, datetime.min.time(), tzinfo=zone), 1)
    return found


def _exception(row: WorkCalendar, each: OtherDay) -> CalendarException:
    spans = [[span.start, span.end] for span in each.intervals]
    return CalendarException(calendar_id=row.id, day=each.day, kind=each.kind, intervals=spans, label=each.label[:120])
