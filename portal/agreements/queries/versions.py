"""Calendars and policies as they are kept, the latest version of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from portal.agreements.models import CalendarException, DayKind, PromisePolicy, WorkCalendar
from portal.agreements.terms import Conditions, OtherDay, Policy, Targets
from portal.core.calendar import Calendar, Interval


@dataclass(frozen=True, slots=True)
class CalendarVersion:
    """A version of a calendar with the names of its days."""

    id: UUID
    calendar: Calendar
    other_days: Sequence[OtherDay]
    made_at: datetime
    is_shipped: bool
    """Whether it came with the portal; a person's edits are never overwritten."""


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """A version of a policy."""

    policy: Policy
    made_at: datetime
    is_shipped: bool


def calendars(session: Session) -> list[CalendarVersion]:
    """Return the latest version of every calendar, by name."""
    found = session.scalars(select(WorkCalendar).where(_is_latest(WorkCalendar)).order_by(WorkCalendar.name)).all()
    days = _days_of(session, [each.id for each in found])
    return [_calendar_version(each, days.get(each.id, ())) for each in found]


def calendar_named(session: Session, name: str) -> CalendarVersion | None:
    """Return the latest version of a calendar."""
    found = session.scalars(select(WorkCalendar).where(WorkCalendar.name == name, _is_latest(WorkCalendar))).first()
    return _calendar_version(found, _days_of(session, [found.id]).get(found.id, ())) if found else None


def policies(session: Session) -> list[PolicyVersion]:
    """Return the latest version of every policy, the first that is tried first."""
    found = session.scalars(
        select(PromisePolicy).where(_is_latest(PromisePolicy)).order_by(PromisePolicy.rank, PromisePolicy.name)
    )
    return [_policy_version(each) for each in found]


def policy_named(session: Session, name: str) -> PolicyVersion | None:
    """Return the latest version of a policy."""
    found = session.scalars(select(PromisePolicy).where(PromisePolicy.name == name, _is_latest(PromisePolicy))).first()
    return _policy_version(found) if found else None


def policy_of(row: PromisePolicy) -> Policy:
    """Return a kept policy as a value."""
    return Policy(
        name=row.name,
        version=row.version,
        rank=row.rank,
        is_on=row.is_on,
        conditions=Conditions.from_json(row.conditions),
        targets=Targets.from_json(row.targets),
        calendar=row.calendar,
    )


def calendar_of(row: WorkCalendar, other_days: Sequence[OtherDay]) -> Calendar:
    """Return a kept calendar as a value that can be walked."""
    weekly = {weekday: intervals_of(spans) for weekday, spans in enumerate(row.weekly)}
    days = {each.day: each.intervals for each in other_days}
    return Calendar(row.name, row.version, ZoneInfo(row.zone), weekly, days)


def intervals_of(spans: Sequence[Sequence[int]]) -> tuple[Interval, ...]:
    """Return working time as it is kept, as values."""
    return tuple(Interval(start, end) for start, end in spans)


def other_days_of(session: Session, calendar_id: UUID) -> Sequence[OtherDay]:
    """Return the days of a calendar's version that differ, in order."""
    return _days_of(session, [calendar_id]).get(calendar_id, ())


def _is_latest(model: type[WorkCalendar] | type[PromisePolicy]) -> ColumnElement[bool]:
    any_version: Any = aliased(model)
    return model.version == (
        select(func.max(any_version.version)).where(any_version.name == model.name).scalar_subquery()
    )


def _days_of(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[OtherDay]]:
    found: dict[UUID, list[OtherDay]] = {}
    rows = select(CalendarException).where(CalendarException.calendar_id.in_(ids)).order_by(CalendarException.day)
    for row in session.scalars(rows) if ids else ():
        day = OtherDay(row.day, DayKind(row.kind), intervals_of(row.intervals), row.label)
        found.setdefault(row.calendar_id, []).append(day)
    return found


def _calendar_version(row: WorkCalendar, other_days: Sequence[OtherDay]) -> CalendarVersion:
    calendar = calendar_of(row, other_days)
    return CalendarVersion(row.id, calendar, other_days, row.made_at, is_shipped=row.made_by is None)


def _policy_version(row: PromisePolicy) -> PolicyVersion:
    return PolicyVersion(policy_of(row), row.made_at, is_shipped=row.made_by is None)
