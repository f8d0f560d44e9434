"""How soon a customer hears from us: arithmetic on working time, without a database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from portal.core.calendar import Calendar
from portal.tickets.models import Priority

REPLY_WORKING_MINUTES = 15
REPLY_AT_MOST = timedelta(minutes=60)
UPDATES_A_WEEK = 2
GAP_WORKING_DAYS = 3
APOLOGY_WORKING_MINUTES = 60
_CLOSELY_WATCHED = timedelta(hours=2)
_HALF_HOUR, _HOUR = timedelta(minutes=30), timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class Policy:
    """Which times are promised; a new version is a new policy, and old promises keep theirs."""

    name: str
    version: int
    reply_within: Mapping[Priority, timedelta] = field(default_factory=dict)
    """Where a priority has a time of its own, day and night."""

    def source(self, calendar: Calendar) -> str:
        """Return what a promise remembers of how it was made."""
        return f"{self.name}/{self.version} {calendar.source}"


POLICIES: Mapping[str, Policy] = {
    each.name: each
    for each in (
        Policy("default", 1),
        Policy("by_priority", 1, {Priority.P1: timedelta(minutes=30), Priority.P2: timedelta(minutes=60)}),
    )
}


def first_reply_due(policy: Policy, priority: Priority, at: datetime, calendar: Calendar) -> datetime:
    """Return by when a person answers: a quarter of a working hour, and never more than an hour."""
    if priority in policy.reply_within:
        return at + policy.reply_within[priority]
    return min(calendar.business_walk(at, REPLY_WORKING_MINUTES), at + REPLY_AT_MOST)


@dataclass(frozen=True, slots=True)
class Course:
    """How a ticket has gone so far, as far as its next update depends on it."""

    priority: Priority
    opened_at: datetime
    updates_this_week: int


def next_update_due(course: Course, at: datetime, calendar: Calendar) -> datetime:
    """Return by when the customer hears again: the earliest of the gap and of two updates a working week."""
    if course.priority == Priority.P1:
        return at + (_HALF_HOUR if at < course.opened_at + _CLOSELY_WATCHED else _HOUR)
    gap = calendar.walk_days(at, GAP_WORKING_DAYS)
    end = calendar.end_of_week(at)
    return min(gap, end) if end and _is_owed_this_week(course, at, end, calendar) else gap


def _is_owed_this_week(course: Course, at: datetime, end: datetime, calendar: Calendar) -> bool:
    """Whether another update belongs into this working week.

    In the week in which a ticket was opened only while more than a working day is left of it: a second update an hour
    after the first, because it is Friday, would say nothing.
    """
    if course.updates_this_week >= UPDATES_A_WEEK or end <= at:
        return False
    return course.opened_at < calendar.start_of_week(at) or calendar.walk_days(at, 1) < end


def apology_due(priority: Priority, at: datetime, calendar: Calendar, *, is_repeated: bool) -> datetime:
    """Return the new time after a promise was missed: an hour of working time, a day when that was missed too."""
    if priority == Priority.P1:
        return at + _HOUR
    return calendar.walk_days(at, 1) if is_repeated else calendar.business_walk(at, APOLOGY_WORKING_MINUTES)
