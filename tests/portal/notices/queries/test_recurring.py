"""When a maintenance window comes."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.notices.queries.recurring import Repeat, coming_times, is_rare, next_time, repeat_of, rule_for, times

BEIJING = ZoneInfo("Asia/Shanghai")


@dataclass
class Window:
    starts_at: datetime
    rule: str = ""
    minutes: int = 120
    time_zone: str = "Asia/Shanghai"
    skipped: list[str] = field(default_factory=list)


def days(window: Window, most: int = 4) -> list[str]:
    zone = ZoneInfo(window.time_zone)
    return [f"{each.starts_at.astimezone(zone):%m-%d %H:%M}" for each in coming_times(window, window.starts_at, most)]


def at(year: int, month: int, day: int, hour: int = 22, zone: ZoneInfo = BEIJING) -> datetime:
    return datetime(year, month, day, hour, tzinfo=zone)


@pytest.mark.parametrize(
    ("repeat", "expected"),
    [
        (Repeat.NEVER, ["12-05 22:00"]),
        (Repeat.WEEKLY, ["12-05 22:00", "12-12 22:00", "12-19 22:00", "12-26 22:00"]),
        (Repeat.FORTNIGHTLY, ["12-05 22:00", "12-19 22:00", "01-02 22:00", "01-16 22:00"]),
        (Repeat.MONTHLY_ON_DAY, ["12-05 22:00", "01-05 22:00", "02-05 22:00", "03-05 22:00"]),
        (Repeat.MONTHLY_ON_WEEKDAY, ["12-05 22:00", "01-02 22:00", "02-06 22:00", "03-06 22:00"]),
        (Repeat.YEARLY, ["12-05 22:00", "12-05 22:00", "12-05 22:00", "12-05 22:00"]),
    ],
)
def test_it_comes_as_its_rule_says(repeat: Repeat, expected: list[str]) -> None:
    first = at(2026, 12, 5)
    assert days(Window(first, rule_for(repeat, first, None))) == expected


def test_the_fifth_saturday_is_the_last_one() -> None:
    first = at(2026, 1, 31)
    assert days(Window(first, rule_for(Repeat.MONTHLY_ON_WEEKDAY, first, None)), 3) == [
        "01-31 22:00",
        "02-28 22:00",
        "03-28 22:00",
    ]


def test_it_ends_with_its_last_day() -> None:
    first = at(2026, 12, 5)
    assert days(Window(first, rule_for(Repeat.WEEKLY, first, at(2026, 12, 12, 23)))) == ["12-05 22:00", "12-12 22:00"]


def test_a_day_is_left_out() -> None:
    first = at(2026, 12, 5)
    assert days(Window(first, rule_for(Repeat.WEEKLY, first, None), skipped=["2026-12-12"]), 2) == [
        "12-05 22:00",
        "12-19 22:00",
    ]


def test_it_keeps_its_hour_when_the_clock_changes() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    first = at(2026, 3, 22, 3, berlin)
    window = Window(first, rule_for(Repeat.WEEKLY, first, None), time_zone="Europe/Berlin")
    assert days(window, 3) == ["03-22 03:00", "03-29 03:00", "04-05 03:00"]
    assert [each.starts_at.hour for each in coming_times(window, first, 3)] == [2, 1, 1]


def test_the_time_that_is_on_counts_until_it_ends() -> None:
    window = Window(at(2026, 12, 5))
    on = next_time(window, at(2026, 12, 5, 23))
    assert on is not None
    assert on.is_running(at(2026, 12, 5, 23))
    assert next_time(window, at(2026, 12, 6, 0)) is None


@pytest.mark.parametrize(
    ("repeat", "day", "rare"),
    [
        (Repeat.YEARLY, date(2028, 2, 29), True),
        (Repeat.YEARLY, date(2028, 2, 28), False),
        (Repeat.MONTHLY_ON_DAY, date(2026, 1, 29), True),
        (Repeat.MONTHLY_ON_DAY, date(2026, 1, 28), False),
        (Repeat.MONTHLY_ON_WEEKDAY, date(2026, 1, 31), False),
        (Repeat.NEVER, date(2028, 2, 29), False),
    ],
)
def test_a_day_that_some_months_lack_is_rare(repeat: Repeat, day: date, rare: bool) -> None:
    assert is_rare(repeat, day) == rare


@given(st.dates(date(2026, 1, 1), date(2031, 12, 31)), st.sampled_from(Repeat), st.integers(1, 600))
def test_a_rule_that_is_not_rare_never_leaves_a_turn_out(day: date, repeat: Repeat, minutes: int) -> None:
    first = datetime(day.year, day.month, day.day, 22, tzinfo=BEIJING)
    window = Window(first, rule_for(repeat, first, None), minutes)
    found = coming_times(window, first, 30)
    assert found[0].starts_at == first.astimezone(UTC)
    assert repeat_of(window.rule) is repeat
    if repeat is not Repeat.NEVER and not is_rare(repeat, day):
        most = {Repeat.WEEKLY: 7, Repeat.FORTNIGHTLY: 14, Repeat.YEARLY: 366}.get(repeat, 35)
        gaps = [after.starts_at - before.starts_at for before, after in pairwise(found)]
        assert len(found) == 30
        assert all(timedelta(0) < gap <= timedelta(days=most) for gap in gaps)
        assert all(each.ends_at - each.starts_at == timedelta(minutes=minutes) for each in found)


def test_a_rule_without_end_is_not_looked_through_for_ever() -> None:
    first = at(2026, 12, 5)
    assert len(list(times(Window(first, rule_for(Repeat.WEEKLY, first, None))))) == 400
