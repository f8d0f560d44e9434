"""Working time reckoned minute by minute, written from docs/ledger.md alone: nothing of the portal is imported."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FIRST_DAY, LAST_DAY = date(2025, 12, 1), date(2028, 1, 1)


@dataclass
class WorkingTime:
    """A calendar as the export has it, laid out day by day."""

    line: dict[str, Any]

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.line["zone"])

    @cached_property
    def days(self) -> dict[date, list[tuple[datetime, datetime]]]:
        differing = {date.fromisoformat(each["day"]): each["hours"] for each in self.line["days"]}
        found, day = {}, FIRST_DAY
        while day < LAST_DAY:
            hours = sorted(differing.get(day, self.line["weekly"][day.weekday()]))
            spans = [(self._at(day, start), self._at(day, end)) for start, end in hours]
            if spans:
                found[day] = spans
            day += DAY
        return found

    @cached_property
    def minutes(self) -> list[datetime]:
        """Every worked minute, by its beginning."""
        return sorted({
            start + number * MINUTE
            for spans in self.days.values() for start, end in spans for number in range((end - start) // MINUTE)
        })  # fmt: skip

    def _at(self, day: date, minutes: int) -> datetime:
        midnight = datetime(day.year, day.month, day.day, tzinfo=self.zone)
        # China keeps no summer time, and the year is lived there: a wall-clock minute is a minute.
        return midnight.astimezone(UTC) + minutes * MINUTE

    def walk(self, start: datetime, number: int) -> datetime:
        """WALK: go through worked minutes one after the other; the first may have begun already."""
        place = bisect_right(self.minutes, start) - 1
        is_worked = place >= 0 and start < self.minutes[place] + MINUTE
        if number == 0:
            return start if is_worked else self.minutes[place + 1]
        begun = start - self.minutes[place] if is_worked else timedelta()
        place = place if is_worked else place + 1
        if begun == timedelta():
            return self.minutes[place + number - 1] + MINUTE
        return self.minutes[place + number] + begun

    def walk_days(self, start: datetime, number: int) -> datetime:
        begin = self.walk(start, 0)
        local = begin.astimezone(self.zone)
        working = [day for day in self.days if day >= local.date()]
        if begin > start:
            return self.days[working[number - 1]][-1][1]
        spans = self.days[working[number]]
        same_time = self._at(working[number], 0) + (begin - self._at(local.date(), 0))
        return min(max(same_time, spans[0][0]), spans[-1][1])

    def worked_between(self, start: datetime, end: datetime) -> int:
        worked = sum((min(close, end) - max(opened, start) for spans in self.days.values() for opened, close in spans
                      if opened < end and close > start), timedelta())  # fmt: skip
        return worked // MINUTE

    def week_start(self, at: datetime) -> datetime:
        today = at.astimezone(self.zone).date()
        return self._at(today - today.weekday() * DAY, 0)

    def week_end(self, at: datetime) -> datetime | None:
        monday = self.week_start(at).astimezone(self.zone).date()
        return max((end for number in range(7) for _, end in self.days.get(monday + number * DAY, ())), default=None)

    def end_of_day_from(self, day: date) -> datetime:
        return next(spans[-1][1] for each, spans in sorted(self.days.items()) if each >= day)
