"""The calendar that comes with the portal, held against the days as they were announced."""

from datetime import date, timedelta

import pytest

from portal.agreements import shipped
from portal.agreements.models import DayKind

# As announced by the State Council's office for 2025 and 2026: every weekday off, and every weekend day worked.
OFF = {
    2025: "01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02 10-01 10-02 10-03 10-06 10-07 10-08",
    2026: "01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 10-01 10-02 10-05 10-06"
    " 10-07",
}
WORKED = {2025: "01-26 02-08 04-27 09-28 10-11", 2026: "01-04 02-14 02-28 05-09 09-20 10-10"}


def days(year: int, kind: DayKind) -> set[date]:
    return {each.day for each in shipped.other_days(2028) if each.kind is kind and each.day.year == year}


def announced(year: int, text: str) -> set[date]:
    return {date.fromisoformat(f"{year}-{each}") for each in text.split()}


@pytest.mark.parametrize("year", [2025, 2026])
def test_china_is_off_on_these_weekdays_and_on_no_others(year: int) -> None:
    assert days(year, DayKind.OFF) == announced(year, OFF[year])


@pytest.mark.parametrize("year", [2025, 2026])
def test_china_works_on_these_weekends_and_on_no_others(year: int) -> None:
    assert days(year, DayKind.ON) == announced(year, WORKED[year])


def test_every_weekday_that_is_worked_has_the_same_hours() -> None:
    calendar = shipped.cn_office(2028)
    worked = {date(2026, 1, 1) + timedelta(days=number) for number in range(365)}
    hours = {tuple(calendar.intervals_on(day)) for day in worked} - {()}
    assert hours == {tuple(calendar.weekly[0])}
    assert sum(bool(calendar.intervals_on(day)) for day in worked) == 248


def test_a_year_that_is_not_announced_yet_has_its_holidays_by_statute() -> None:
    assert date(2028, 10, 2) in days(2028, DayKind.OFF)
    assert days(2028, DayKind.ON) == set()


def test_each_day_has_its_name() -> None:
    named = {each.day: each.label for each in shipped.other_days(2028)}
    assert (named[date(2026, 10, 1)], named[date(2026, 10, 10)]) == ("国庆节", "调休上班")


def test_the_days_are_in_order_and_each_is_there_once() -> None:
    found = [each.day for each in shipped.other_days(2028)]
    assert found == sorted(set(found))
