"""When a maintenance window comes: once, or by a rule, always at the same time of the local day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import Protocol
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

MOST = 400
"""Times of a rule that are looked at; nobody plans more."""
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Repeat(StrEnum):
    """How a window comes back."""

    NEVER = "never"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY_ON_DAY = "monthly_on_day"
    MONTHLY_ON_WEEKDAY = "monthly_on_weekday"
    YEARLY = "yearly"


class Recurring(Protocol):
    """As much of a window as says when it comes."""

    @property
    def time_zone(self) -> str:
        """Where its clock stands."""

    @property
    def starts_at(self) -> datetime:
        """The first time."""

    @property
    def minutes(self) -> int:
        """How long it lasts."""

    @property
    def rule(self) -> str:
        """An RRULE, or nothing."""

    @property
    def skipped(self) -> list[str]:
        """Local days on which it does not take place."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a window comes."""

    starts_at: datetime
    ends_at: datetime

    def is_running(self, at: datetime) -> bool:
        """Whether it is on now."""
        return self.starts_at <= at < self.ends_at


def rule_for(repeat: Repeat, first: datetime, until: datetime | None) -> str:
    """Return the RRULE of a window whose first time is ``first``, on its local clock."""
    nth = (first.day - 1) // 7 + 1
    parts = {
        Repeat.NEVER: "",
        Repeat.WEEKLY: "FREQ=WEEKLY",
        Repeat.FORTNIGHTLY: "FREQ=WEEKLY;INTERVAL=2",
        Repeat.MONTHLY_ON_DAY: f"FREQ=MONTHLY;BYMONTHDAY={first.day}",
        # The fifth Saturday is the last one: most months have four.
        Repeat.MONTHLY_ON_WEEKDAY: f"FREQ=MONTHLY;BYDAY={-1 if nth == 5 else nth}{_WEEKDAYS[first.weekday()]}",
        Repeat.YEARLY: f"FREQ=YEARLY;BYMONTH={first.month};BYMONTHDAY={first.day}",
    }[repeat]
    end = f";UNTIL={until.astimezone(UTC):%Y%m%dT%H%M%SZ}" if parts and until else ""
    return parts + end


def is_rare(repeat: Repeat, first: date) -> bool:
    """Whether the day of a rule is missing in some of its months or years, so that a window would silently not come."""
    if repeat is Repeat.YEARLY:
        return (first.month, first.day) == (2, 29)
    return repeat is Repeat.MONTHLY_ON_DAY and first.day > 28


def repeat_of(rule: str) -> Repeat:
    """Return how a window comes back, from its rule."""
    if not rule:
        return Repeat.NEVER
    if "FREQ=WEEKLY" in rule:
        return Repeat.FORTNIGHTLY if "INTERVAL=2" in rule else Repeat.WEEKLY
    if "FREQ=YEARLY" in rule:
        return Repeat.YEARLY
    return Repeat.MONTHLY_ON_WEEKDAY if "BYDAY" in rule else Repeat.MONTHLY_ON_DAY


def times(window: Recurring) -> Iterator[Occurrence]:
    """Yield every time a window comes, days that are left out excepted; it keeps its hour over changes of the clock."""
    zone = ZoneInfo(window.time_zone)
    first, length = window.starts_at.astimezone(zone), timedelta(minutes=window.minutes)
    local = rrulestr(f"RRULE:{window.rule}", dtstart=first) if window.rule else [first]
    for each in islice(local, MOST):
        if each.date().isoformat() not in window.skipped:
            start = each.astimezone(UTC)
            yield Occurrence(start, start + length)


def next_time(window: Recurring, at: datetime) -> Occurrence | None:
    """Return the time that is on, or comes next; None once there is no more."""
    return next((each for each in times(window) if each.ends_at > at), None)


def coming_times(window: Recurring, at: datetime, most: int) -> list[Occurrence]:
    """Return the next times."""
    return list(islice((each for each in times(window) if each.ends_at > at), most))
