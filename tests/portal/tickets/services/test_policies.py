"""How soon a customer hears from us."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.calendar import OFFICE
from portal.tickets.models import Priority
from portal.tickets.services.policies import POLICIES, Course, apology_due, first_reply_due, next_update_due

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
    assert first_reply_due(POLICIES["default"], Priority.P3, beijing(at), OFFICE) == beijing(due)


@given(moments, st.sampled_from(Priority), st.sampled_from(sorted(POLICIES)))
def test_nobody_waits_longer_than_an_hour_for_the_first_reply(at: datetime, priority: Priority, policy: str) -> None:
    assert at < first_reply_due(POLICIES[policy], priority, at, OFFICE) <= at + timedelta(hours=1)


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
    assert next_update_due(course, beijing(at), OFFICE) == beijing(due)


@pytest.mark.parametrize(("minutes", "gap"), [(0, 30), (119, 30), (120, 60), (600, 60)])
def test_the_most_urgent_hear_every_half_hour_and_then_every_hour(minutes: int, gap: int) -> None:
    opened = beijing("04-25T22:00")
    at = opened + timedelta(minutes=minutes)
    assert next_update_due(Course(Priority.P1, opened, 0), at, OFFICE) == at + timedelta(minutes=gap)


@given(moments, st.integers(0, 40), st.integers(0, 5))
def test_the_next_update_never_waits_for_more_than_three_working_days(at: datetime, days: int, updates: int) -> None:
    course = Course(Priority.P3, at - timedelta(days=days), updates)
    due = next_update_due(course, at, OFFICE)
    assert at < due <= OFFICE.walk_days(at, 3)
    assert OFFICE.minutes_between(at, due) <= 3 * 540


def test_an_apology_names_a_time_within_the_working_hour() -> None:
    at = beijing("04-21T17:30")
    assert apology_due(Priority.P3, at, OFFICE, is_repeated=False) == beijing("04-22T09:30")
    assert apology_due(Priority.P1, at, OFFICE, is_repeated=True) == at + timedelta(hours=1)
