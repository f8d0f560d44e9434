"""How soon a customer hears from us."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.agreements import shipped
from portal.agreements.terms import Agreement, Policy, Targets
from portal.tickets.models import Priority, PromiseKind
from portal.tickets.services.policies import (
    Course,
    accepted_due,
    apology_due,
    first_reply_due,
    next_update_due,
    resolution_due,
    resumed_due,
    warning_at,
)

CN_OFFICE = shipped.cn_office(2028)
SHIPPED = {each.name: Agreement(each, CN_OFFICE) for each in shipped.POLICIES}
DEFAULT = SHIPPED["default"]
SOLVING = Agreement(Policy("gold", targets=Targets(resolution={"P1": 240, "P2": 960})), CN_OFFICE)

moments = st.integers(0, 366 * 1440).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))


def beijing(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}+08:00")


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("04-21T10:00", "04-21T10:15"),
        ("04-21T17:55", "04-21T18:55"),
        ("04-18T03:00", "04-18T04:00"),
        ("04-21T08:50", "04-21T09:15"),
    ],
)
def test_the_default_policy_answers_in_a_quarter_of_a_working_hour_or_an_hour(at: str, due: str) -> None:
    assert first_reply_due(DEFAULT, Priority.P3, beijing(at)) == beijing(due)


@given(moments, st.sampled_from(Priority), st.sampled_from(sorted(SHIPPED)))
def test_nobody_waits_longer_than_an_hour_for_the_first_reply(at: datetime, priority: Priority, policy: str) -> None:
    assert at < first_reply_due(SHIPPED[policy], priority, at) <= at + timedelta(hours=1)


@pytest.mark.parametrize(
    ("opened", "at", "updates", "due"),
    [
        ("04-21T10:00", "04-21T10:15", 1, "04-24T10:15"),
        ("04-13T10:00", "04-22T15:00", 1, "04-24T18:00"),
        ("04-13T10:00", "04-22T15:00", 2, "04-27T15:00"),
        ("04-13T10:00", "04-24T17:00", 1, "04-24T18:00"),
        ("04-24T16:00", "04-24T16:15", 1, "04-29T16:15"),
        ("04-22T10:00", "04-22T10:15", 1, "04-24T18:00"),
        ("04-13T10:00", "04-25T11:00", 0, "04-29T18:00"),
    ],
)
def test_two_updates_a_working_week_and_no_gap_over_three_days(opened: str, at: str, updates: int, due: str) -> None:
    course = Course(Priority.P3, beijing(opened), updates)
    assert next_update_due(DEFAULT, course, beijing(at)) == beijing(due)


@pytest.mark.parametrize(("minutes", "gap"), [(0, 30), (119, 30), (120, 60), (600, 60)])
def test_the_most_urgent_hear_every_half_hour_and_then_every_hour(minutes: int, gap: int) -> None:
    opened = beijing("04-25T22:00")
    at = opened + timedelta(minutes=minutes)
    assert next_update_due(DEFAULT, Course(Priority.P1, opened, 0), at) == at + timedelta(minutes=gap)


@given(moments, st.integers(0, 40), st.integers(0, 5))
def test_the_next_update_never_waits_for_more_than_three_working_days(at: datetime, days: int, updates: int) -> None:
    course = Course(Priority.P3, at - timedelta(days=days), updates)
    due = next_update_due(DEFAULT, course, at)
    assert at < due <= CN_OFFICE.walk_days(at, 3)
    assert CN_OFFICE.minutes_between(at, due) <= 3 * 540


def test_an_apology_names_a_time_within_the_working_hour() -> None:
    at, kind = beijing("04-21T17:30"), PromiseKind.NEXT_UPDATE
    assert apology_due(DEFAULT, kind, Priority.P3, at, is_repeated=False) == beijing("04-22T09:30")
    assert apology_due(DEFAULT, kind, Priority.P3, at, is_repeated=True) == beijing("04-22T17:30")
    assert apology_due(DEFAULT, kind, Priority.P1, at, is_repeated=True) == at + timedelta(hours=1)


def test_a_late_solution_gets_another_working_day() -> None:
    at = beijing("04-30T17:30")
    assert apology_due(SOLVING, PromiseKind.RESOLUTION, Priority.P1, at, is_repeated=False) == beijing("05-06T17:30")


@pytest.mark.parametrize(
    ("opened", "updates", "due"),
    [
        # Thursday before National Day: Friday to Wednesday are off, Saturday the 10th is worked.
        ("09-30T17:00", 2, "10-10T17:00"),
        # Two days of work in the week of the return, Thursday and Friday, and the Saturday.
        ("10-08T10:00", 2, "10-12T10:00"),
        # Sunday 20 September is worked for 6 October.
        ("09-18T10:00", 2, "09-22T10:00"),
    ],
)
def test_holidays_are_not_counted_and_make_up_days_are(opened: str, updates: int, due: str) -> None:
    course = Course(Priority.P3, beijing(opened), updates)
    assert next_update_due(DEFAULT, course, beijing(opened)) == beijing(due)


def test_a_reply_on_a_make_up_saturday_is_due_in_working_time() -> None:
    assert first_reply_due(DEFAULT, Priority.P3, beijing("10-10T10:00")) == beijing("10-10T10:15")
    assert first_reply_due(DEFAULT, Priority.P3, beijing("10-01T10:00")) == beijing("10-01T11:00")


def test_only_a_policy_that_says_so_has_a_time_to_a_solution() -> None:
    at = beijing("04-21T16:00")
    assert resolution_due(DEFAULT, Priority.P1, at) is None
    assert resolution_due(SOLVING, Priority.P1, at) == beijing("04-22T11:00")
    assert resolution_due(SOLVING, Priority.P3, at) is None


def test_whoever_comes_back_with_hardly_any_time_left_gets_a_working_hour() -> None:
    at = beijing("04-21T10:00")
    assert resumed_due(SOLVING, 0, at) == beijing("04-21T11:00")
    assert resumed_due(SOLVING, 200, at) == beijing("04-21T13:20")


@pytest.mark.parametrize(
    ("fix_on", "due"), [("05-06", "05-06T18:00"), ("05-02", "05-06T18:00"), ("05-09", "05-09T18:00")]
)
def test_a_planned_day_ends_with_its_work_or_with_that_of_the_next_worked_day(fix_on: str, due: str) -> None:
    assert accepted_due(DEFAULT, beijing(f"{fix_on}T00:00").date()) == beijing(due)


@pytest.mark.parametrize(
    ("made", "due", "warned"),
    [
        ("04-21T10:00", "04-21T10:15", "04-21T10:12"),
        # Over a weekend: four fifths of the working time, when somebody is there to read it.
        ("04-24T17:00", "04-27T13:00", "04-27T12:00"),
        # At night, where nothing of it is worked.
        ("04-18T03:00", "04-18T04:00", "04-18T03:48"),
    ],
)
def test_the_agent_is_warned_when_four_fifths_have_passed(made: str, due: str, warned: str) -> None:
    assert warning_at(DEFAULT, beijing(made), beijing(due)) == beijing(warned)


@given(moments, st.integers(1, 20_000))
def test_a_warning_comes_after_the_promise_and_before_its_time(made: datetime, minutes: int) -> None:
    due = made + timedelta(minutes=minutes)
    assert made < warning_at(DEFAULT, made, due) < due
