"""Working time: which minutes count, and how far a number of them reaches."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.core.errors import DomainError

HORIZON_DAYS = 1100
"""How far a search may look; a calendar that stays shut for three years is a mistake, not an answer."""
_DAY = 24 * 60
_MINUTE = timedelta(minutes=1)


class CalendarError(DomainError):
    """A calendar that could never open, or stays shut for longer than anyone would wait."""


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Working time of a day in minutes after midnight; past midnight the end is over 1440."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse an interval that ends before it starts, or lasts longer than a day."""
        if not 0 <= self.start < _DAY or not self.start < self.end <= self.start + _DAY:
            raise CalendarError("interval-order", start=self.start, end=self.end)


def interval(start: str, end: str) -> Interval:
    """Return the interval between two clock times, such as 09:00 and 18:00; 22:00 to 06:00 goes over midnight."""
    first, last = _minutes(start), _minutes(end)
    return Interval(first, last if last > first else last + _DAY)


def _minutes(clock_time: str) -> int:
    hour, minute = clock_time.split(":")
    return int(hour) * 60 + int(minute)


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a team works: intervals by weekday in a zone, and the days that differ, holidays and make-up days alike."""

    name: str
    version: int
    zone: ZoneInfo
    weekly: Mapping[int, Sequence[Interval]]
    """By weekday, Monday is 0."""
    exceptions: Mapping[date, Sequence[Interval]] = field(default_factory=dict)
    """Days with hours of their own; none means closed."""

    def __post_init__(self) -> None:
        """Refuse a calendar without a working minute in any week."""
        if not any(self.weekly.values()):
            raise CalendarError("calendar-is-empty", name=self.name)

    @property
    def source(self) -> str:
        """The calendar's name and version, as a promise keeps it."""
        return f"{self.name}/{self.version}"

    def intervals_on(self, day: date) -> Sequence[Interval]:
        """Return a day's working time, earliest first."""
        return sorted(self.exceptions.get(day, self.weekly.get(day.weekday(), ())))

    def business_walk(self, start: datetime, minutes: int) -> datetime:
        """Return the moment at which so many working minutes have passed; none is the next working moment."""
        if minutes < 0:
            raise ValueError("working time is walked forwards")
        # In UTC: adding to a local time would count the hour that summer time skips.
        start, left = start.astimezone(UTC), timedelta(minutes=minutes)
        for opens, closes in self._spans_from(start):
            begin = max(start, opens)
            if closes - begin >= left:
                return begin + left
            left -= closes - begin
        raise AssertionError("spans end with an error, never by themselves")

    def walk_days(self, start: datetime, days: int) -> datetime:
        """Return the same time of day so many working days on; whole days to their end where work has not begun."""
        begin = self.business_walk(start, 0)
        if days == 0:
            return begin
        is_whole = begin > start
        local = begin.astimezone(self.zone)
        day = local.date()
        for _ in range(days - 1 if is_whole else days):
            day = self._next_working_day(day)
        spans = list(self._spans_on(day))
        if is_whole:
            return spans[-1][1]
        return min(max(_first_at_or_after(datetime.combine(day, local.time()), self.zone), spans[0][0]), spans[-1][1])

    def end_of_week(self, moment: datetime) -> datetime | None:
        """Return when the last working time of this week ends, or None in a week without any."""
        today = moment.astimezone(self.zone).date()
        monday = today - timedelta(days=today.weekday())
        ends = [closes for day in _days_from(monday, 7) for _, closes in self._spans_on(day)]
        return max(ends, default=None)

    def end_of_day(self, day: date) -> datetime:
        """Return when a working day's work ends; raises CalendarError for a day without any."""
        ends = [closes for _, closes in self._spans_on(day)]
        if not ends:
            raise CalendarError("day-off", day=day)
        return max(ends)

    def start_of_week(self, moment: datetime) -> datetime:
        """Return Monday's midnight of this week."""
        today = moment.astimezone(self.zone).date()
        return _first_at_or_after(datetime.combine(today - timedelta(days=today.weekday()), time()), self.zone)

    def minutes_between(self, start: datetime, end: datetime) -> int:
        """Return how much working time lies between two moments."""
        start, passed = start.astimezone(UTC), timedelta()
        for opens, closes in self._spans_from(start):
            if opens >= end:
                return passed // _MINUTE
            passed += min(closes, end) - max(opens, start)
        raise AssertionError("spans end with an error, never by themselves")

    def _next_working_day(self, day: date) -> date:
        for each in _days_from(day + timedelta(days=1), HORIZON_DAYS):
            if any(self._spans_on(each)):
                return each
        raise CalendarError("calendar-stays-shut", name=self.name)

    def _spans_from(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield working spans that end after a moment, in order and without overlaps; never without end."""
        reached = start
        # Yesterday's night shift may reach into today.
        for day in _days_from(start.astimezone(self.zone).date() - timedelta(days=1), HORIZON_DAYS):
            for opens, closes in self._spans_on(day):
                if closes > reached:
                    yield (max(opens, reached) if reached > start else opens), closes
                    reached = closes
        raise CalendarError("calendar-stays-shut", name=self.name)

    def _spans_on(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        midnight = datetime.combine(day, time())
        for each in self.intervals_on(day):
            opens = _first_at_or_after(midnight + each.start * _MINUTE, self.zone)
            closes = _first_at_or_after(midnight + each.end * _MINUTE, self.zone)
            if opens < closes:
                yield opens, closes


def _days_from(day: date, count: int) -> Iterator[date]:
    return (day + timedelta(days=number) for number in range(count))


def quarter_begins(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return the first moment of the quarter of a year in which a moment lies, in a zone."""
    today = moment.astimezone(zone).date()
    first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return _first_at_or_after(datetime.combine(first, time()), zone)


def _first_at_or_after(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the first moment at which clocks in a zone show a time, or jump over it when summer time begins."""
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall:
        return moment
    before, after = wall.replace(tzinfo=zone, fold=1).astimezone(UTC), moment
    while after - before > _MINUTE:
        middle = before + (after - before) // _MINUTE // 2 * _MINUTE
        before, after = (before, middle) if middle.astimezone(zone).replace(tzinfo=None) >= wall else (middle, after)
    return after


OFFICE = Calendar(
    name="office",
    version=1,
    zone=ZoneInfo("Asia/Shanghai"),
    weekly=dict.fromkeys(range(5), (interval("09:00", "18:00"),)),
)
"""The hours that hold where nobody has set others: Monday to Friday, 09:00 to 18:00 in Beijing."""
