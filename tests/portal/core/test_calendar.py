"""Working time, against worked examples and a slow reference."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from portal.core.calendar import OFFICE, Calendar, CalendarError, Interval, interval, quarter_begins

BEIJING = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)


def beijing(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-04-21T10:00", 15, "2026-04-21T10:15"),
        ("2026-04-21T17:45", 15, "2026-04-21T18:00"),
        ("2026-04-21T17:55", 15, "2026-04-22T09:10"),
        ("2026-04-21T18:00", 0, "2026-04-22T09:00"),
        ("2026-04-21T08:50", 15, "2026-04-21T09:15"),
        ("2026-04-18T03:00", 15, "2026-04-20T09:15"),
        ("2026-04-24T17:30", 60, "2026-04-27T09:30"),
        ("2026-04-20T09:00", 5 * 540, "2026-04-24T18:00"),
    ],
)
def test_office_hours_are_walked(start: str, minutes: int, end: str) -> None:
    assert OFFICE.business_walk(beijing(start), minutes) == beijing(end)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-04-21T10:02", 3, "2026-04-24T10:02"),
        ("2026-04-24T10:02", 3, "2026-04-29T10:02"),
        ("2026-04-25T13:00", 2, "2026-04-28T18:00"),
        ("2026-04-21T20:00", 1, "2026-04-22T18:00"),
        ("2026-04-21T08:50", 1, "2026-04-21T18:00"),
        ("2026-04-21T20:00", 0, "2026-04-22T09:00"),
    ],
)
def test_working_days_keep_the_time_of_day(start: str, days: int, end: str) -> None:
    assert OFFICE.walk_days(beijing(start), days) == beijing(end)


def test_a_shorter_day_ends_the_walk_of_days_when_it_closes() -> None:
    short = _office(exceptions={date(2026, 4, 24): [interval("09:00", "12:00")]})
    assert short.walk_days(beijing("2026-04-21T16:30"), 3) == beijing("2026-04-24T12:00")


def test_holidays_are_skipped_and_make_up_days_count() -> None:
    may = _office(exceptions={date(2026, 5, 1): [], date(2026, 5, 2): [interval("09:00", "18:00")]})
    assert may.business_walk(beijing("2026-04-30T17:55"), 15) == beijing("2026-05-02T09:10")


def test_several_intervals_a_day_leave_the_break_out() -> None:
    calendar = Calendar("lunch", 1, BEIJING, {1: [interval("13:00", "18:00"), interval("09:00", "12:00")]})
    assert calendar.business_walk(beijing("2026-04-21T11:50"), 20) == beijing("2026-04-21T13:10")


def test_a_night_shift_reaches_into_the_next_day() -> None:
    nights = Calendar("night", 1, BEIJING, {1: [interval("22:00", "06:00")]})
    assert nights.minutes_between(beijing("2026-04-22T05:59"), beijing("2026-04-22T06:30")) == 1
    assert nights.business_walk(beijing("2026-04-22T05:00"), 90) == beijing("2026-04-28T22:30")


def test_overlapping_intervals_are_counted_once() -> None:
    calendar = Calendar("both", 1, BEIJING, {1: [interval("09:00", "12:00"), interval("11:00", "13:00")]})
    assert calendar.business_walk(beijing("2026-04-21T09:00"), 240) == beijing("2026-04-21T13:00")


def test_an_hour_that_summer_time_skips_is_not_worked() -> None:
    calendar = Calendar("early", 1, BERLIN, {6: [interval("01:00", "04:00")]})
    start = datetime(2026, 3, 29, 1, tzinfo=BERLIN)
    assert calendar.business_walk(start, 120) == datetime(2026, 3, 29, 4, tzinfo=BERLIN)


def test_an_hour_that_comes_twice_is_worked_twice() -> None:
    calendar = Calendar("early", 1, BERLIN, {6: [interval("01:00", "04:00")]})
    start = datetime(2026, 10, 25, 1, tzinfo=BERLIN)
    assert calendar.minutes_between(start, datetime(2026, 10, 25, 4, tzinfo=BERLIN)) == 240


def test_work_that_begins_in_the_skipped_hour_begins_when_clocks_jump() -> None:
    calendar = Calendar("gap", 1, BERLIN, {6: [interval("02:30", "05:00")]})
    begins = calendar.business_walk(datetime(2026, 3, 29, 0, tzinfo=BERLIN), 0)
    assert begins == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_an_empty_calendar_is_refused() -> None:
    with pytest.raises(CalendarError, match="calendar-is-empty"):
        Calendar("never", 1, BEIJING, {0: [], 1: []})


def test_a_calendar_that_stays_shut_ends_the_search() -> None:
    shut = {date(2026, 4, 20) + timedelta(days=number): () for number in range(2000)}
    with pytest.raises(CalendarError, match="calendar-stays-shut"):
        _office(exceptions=shut).business_walk(beijing("2026-04-21T10:00"), 15)


def test_walking_days_ends_too_where_it_stays_shut() -> None:
    shut = {date(2026, 4, 22) + timedelta(days=number): () for number in range(2000)}
    with pytest.raises(CalendarError, match="calendar-stays-shut"):
        _office(exceptions=shut).walk_days(beijing("2026-04-21T10:00"), 1)


@pytest.mark.parametrize(("start", "end"), [(600, 600), (600, 540), (-1, 60), (1440, 1500), (60, 60 + 1441)])
def test_an_interval_that_makes_no_sense_is_refused(start: int, end: int) -> None:
    with pytest.raises(CalendarError, match="interval-order"):
        Interval(start, end)


def test_nobody_walks_backwards() -> None:
    with pytest.raises(ValueError, match="forwards"):
        OFFICE.business_walk(beijing("2026-04-21T10:00"), -1)


def test_the_working_week_ends_with_its_last_working_time() -> None:
    assert OFFICE.end_of_week(beijing("2026-04-21T10:00")) == beijing("2026-04-24T18:00")
    assert OFFICE.start_of_week(beijing("2026-04-21T10:00")) == beijing("2026-04-20T00:00")


def test_a_week_of_holidays_has_no_end() -> None:
    golden = {date(2026, 10, 5) + timedelta(days=number): () for number in range(7)}
    assert _office(exceptions=golden).end_of_week(beijing("2026-10-07T10:00")) is None


def _office(exceptions: Mapping[date, Sequence[Interval]]) -> Calendar:
    return Calendar("office", 1, BEIJING, OFFICE.weekly, exceptions)


intervals = st.builds(
    lambda start, length: Interval(start, start + length), st.integers(0, 1439), st.integers(30, 1440)
)
hours = st.lists(intervals, max_size=2)
calendars = st.builds(
    lambda zone, weekly, exceptions: (zone, dict(enumerate(weekly)), exceptions),
    st.sampled_from([BEIJING, BERLIN, ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")]),
    st.lists(hours, min_size=7, max_size=7),
    st.dictionaries(st.dates(date(2026, 3, 20), date(2026, 4, 10)), hours, max_size=4),
)
moments = st.integers(0, 14 * 1440).map(lambda minutes: datetime(2026, 3, 22, tzinfo=UTC) + minutes * MINUTE)


@settings(deadline=None, max_examples=80)
@given(calendars, moments, st.integers(0, 3000))
@pytest.mark.slow
def test_a_walk_ends_where_counting_every_minute_ends(
    made: tuple[ZoneInfo, dict[int, list[Interval]], dict[date, list[Interval]]], start: datetime, minutes: int
) -> None:
    assume(any(made[1].values()))
    calendar = Calendar("any", 1, *made)
    end = calendar.business_walk(start, minutes)
    assume(end - start < timedelta(days=10))
    worked = _worked_minutes(calendar, start, end + MINUTE)
    if minutes:
        assert len(worked) >= minutes
        assert worked[minutes - 1] + MINUTE == end
    else:
        assert worked[0] == end


@settings(deadline=None, max_examples=80)
@given(moments, st.integers(0, 2000), st.integers(0, 2000))
def test_walking_twice_is_walking_the_sum(start: datetime, first: int, second: int) -> None:
    halfway = OFFICE.business_walk(start, first)
    assert OFFICE.business_walk(halfway, second) >= OFFICE.business_walk(start, first + second)
    assert OFFICE.minutes_between(start, halfway) == first


def _worked_minutes(calendar: Calendar, start: datetime, end: datetime) -> list[datetime]:
    """Every working minute between two moments, found by looking at the wall clock of each minute in turn."""
    shifts = [
        (datetime.combine(day, time()) + each.start * MINUTE, datetime.combine(day, time()) + each.end * MINUTE)
        for day in (start.date() + timedelta(days=number) for number in range(-3, (end - start).days + 3))
        for each in calendar.exceptions.get(day, calendar.weekly.get(day.weekday(), ()))
    ]
    minute = start - timedelta(days=3)
    begun: set[tuple[datetime, datetime]] = set()
    over: set[tuple[datetime, datetime]] = set()
    worked = []
    while minute < end:
        wall = minute.astimezone(calendar.zone).replace(tzinfo=None)
        begun |= {shift for shift in shifts if shift[0] <= wall}
        over |= {shift for shift in shifts if shift[1] <= wall}
        if minute >= start and begun - over:
            worked.append(minute)
        minute += MINUTE
    return worked


def test_days_are_walked_from_the_middle_of_a_night_shift() -> None:
    nights = Calendar("night", 1, BEIJING, {1: [interval("22:00", "06:00")]})
    assert nights.walk_days(beijing("2026-04-22T03:00"), 0) == beijing("2026-04-22T03:00")
    assert nights.walk_days(beijing("2026-04-22T03:00"), 1) == beijing("2026-04-28T22:00")


def test_more_work_than_three_years_hold_is_refused() -> None:
    minute_a_week = Calendar("rare", 1, BEIJING, {1: [Interval(540, 541)]})
    with pytest.raises(CalendarError, match="calendar-stays-shut"):
        minute_a_week.business_walk(beijing("2026-04-21T10:00"), 200)


@pytest.mark.parametrize(
    ("moment", "begins"),
    [
        ("2026-01-01T00:00", "2026-01-01T00:00"),
        ("2026-03-31T23:59", "2026-01-01T00:00"),
        ("2026-04-01T00:00", "2026-04-01T00:00"),
        ("2026-12-31T23:59", "2026-10-01T00:00"),
    ],
)
def test_a_quarter_begins_with_its_first_month_where_the_reader_is(moment: str, begins: str) -> None:
    assert quarter_begins(beijing(moment), BEIJING) == beijing(begins)


def test_a_working_day_ends_with_its_last_work() -> None:
    calendar = Calendar("lunch", 1, BEIJING, {1: [interval("13:00", "18:00"), interval("09:00", "12:00")]})
    assert calendar.end_of_day(date(2026, 4, 21)) == beijing("2026-04-21T18:00")
    with pytest.raises(CalendarError, match="day-off"):
        calendar.end_of_day(date(2026, 4, 22))
