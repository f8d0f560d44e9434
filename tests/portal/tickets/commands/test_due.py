"""``portal calendar due``: worked examples."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.tickets.commands import calendar

ROOT = Path(__file__).parents[4]
NEXT_UPDATE = ("--policy", "default", "--priority", "P3", "--kind", "next_update")
FEED = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//
BEGIN:VEVENT
DTSTART;VALUE=DATE:20260422
SUMMARY:Founders (closed)
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20260423
SUMMARY:Mother's Day
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20260425
SUMMARY:补班
END:VEVENT
END:VCALENDAR
"""


def ask(*words: str) -> dict[str, str]:
    ended = CliRunner().invoke(calendar, ["due", *words])
    assert ended.exit_code == 0, ended.output
    answer: dict[str, str] = json.loads(ended.output)
    assert set(answer) == {"due", "because"}
    return answer


def beijing(text: str) -> str:
    return f"2026-{text}:00+08:00"


def refused(*words: str) -> str:
    ended = CliRunner().invoke(calendar, ["due", *words])
    assert ended.exit_code != 0
    assert "Traceback" not in ended.output
    return ended.output


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("04-21T10:00", 15, "04-21T10:15"),
        ("04-21T17:55", 15, "04-22T09:10"),
        ("04-21T17:55", 5, "04-21T18:00"),
        ("04-21T18:00", 0, "04-22T09:00"),
        # Labour Day: Friday to Tuesday are off, Saturday the 9th is worked.
        ("04-30T17:00", 120, "05-06T10:00"),
        ("05-08T17:30", 60, "05-09T09:30"),
        # National Day: Thursday 1 to Wednesday 7 are off, Saturday 10 is worked, and Sunday 20 September was.
        ("10-01T17:55", 15, "10-08T09:15"),
        ("09-30T17:55", 15, "10-08T09:10"),
        ("10-09T17:00", 120, "10-10T10:00"),
        ("10-10T17:00", 120, "10-12T10:00"),
        ("09-18T17:00", 120, "09-20T10:00"),
        # Spring Festival: 15 to 23 February are off, both Saturdays around it are worked.
        ("02-13T17:00", 120, "02-14T10:00"),
        ("02-14T17:00", 120, "02-24T10:00"),
        ("02-27T17:00", 120, "02-28T10:00"),
    ],
)
def test_working_minutes_leave_holidays_out_and_count_make_up_days(start: str, minutes: int, due: str) -> None:
    assert ask("--from", beijing(start), "--minutes", str(minutes))["due"] == beijing(due)


@pytest.mark.parametrize(
    ("start", "policy", "priority", "due"),
    [
        ("04-21T10:00", "default", "P3", "04-21T10:15"),
        ("04-21T17:55", "default", "P1", "04-21T18:55"),
        ("04-18T03:00", "default", "P2", "04-18T04:00"),
        ("04-21T08:50", "default", "P4", "04-21T09:15"),
        ("10-01T17:55", "default", "P2", "10-01T18:55"),
        ("10-10T10:00", "default", "P2", "10-10T10:15"),
        ("10-01T17:55", "by_priority", "P1", "10-01T18:25"),
        ("10-08T10:00", "by_priority", "P2", "10-08T11:00"),
        ("10-08T10:00", "by_priority", "P3", "10-08T10:15"),
    ],
)
def test_a_first_reply_is_due_as_the_policy_says(start: str, policy: str, priority: str, due: str) -> None:
    assert ask("--from", beijing(start), "--policy", policy, "--priority", priority)["due"] == beijing(due)


@pytest.mark.parametrize(
    ("start", "priority", "opened", "updates", "due"),
    [
        ("04-21T10:15", "P3", "04-21T10:00", 1, "04-24T10:15"),
        ("04-22T15:00", "P3", "04-13T10:00", 1, "04-24T18:00"),
        ("04-22T15:00", "P3", "04-13T10:00", 2, "04-27T15:00"),
        # The week of the return from National Day ends on Saturday.
        ("10-08T10:00", "P3", "09-14T10:00", 1, "10-10T18:00"),
        ("09-30T10:00", "P3", "09-14T10:00", 2, "10-10T10:00"),
        ("04-25T22:10", "P1", "04-25T22:00", 0, "04-25T22:40"),
        ("04-26T00:00", "P1", "04-25T22:00", 9, "04-26T01:00"),
    ],
)
def test_the_next_update_is_due_as_the_cadence_says(
    start: str, priority: str, opened: str, updates: int, due: str
) -> None:
    asked = ["--from", beijing(start), "--policy", "default", "--priority", priority, "--kind", "next_update"]
    course = ["--opened", beijing(opened), "--updates-this-week", str(updates)]
    assert ask(*asked, *course)["due"] == beijing(due)


def test_it_says_why() -> None:
    said = ask("--from", beijing("04-21T17:55"), "--policy", "default", "--priority", "P3")["because"]
    assert said == (
        "default: 15 working minutes of cn-office would end at 2026-04-22T09:10:00+08:00, "
        "but never more than 60 minutes"
    )


def test_a_time_in_any_zone_is_understood() -> None:
    assert ask("--from", "2026-04-21T02:00:00Z", "--minutes", "15")["due"] == beijing("04-21T10:15")


def test_days_of_a_file_are_taken_unless_they_look_like_no_holiday(tmp_path: Path) -> None:
    feed = tmp_path / "days.ics"
    feed.write_text(FEED, encoding="utf-8")
    answer = ask("--from", beijing("04-21T17:30"), "--minutes", "1200", "--ics", str(feed))
    # The 22nd is closed, the 23rd and 24th are worked, and so is Saturday the 25th.
    assert answer["due"] == beijing("04-25T10:30")
    assert answer["because"].endswith("; of days.ics, 1 of 3 days look like no holiday and are left out")


def test_a_file_of_fifty_megabytes_is_refused_without_reading_it(tmp_path: Path) -> None:
    large = tmp_path / "large.ics"
    with large.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    assert "is not read" in refused("--from", beijing("04-21T17:30"), "--minutes", "5", "--ics", str(large))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--from", "2026-04-21T17:30:00", "--minutes", "5"], "with its zone"),
        (["--from", "tomorrow", "--minutes", "5"], "Write it like"),
        (["--from", "1949-10-01T10:00:00+08:00", "--minutes", "5"], "can be reckoned"),
        (["--from", beijing("04-21T17:30")], "Say what is due"),
        (["--from", beijing("04-21T17:30"), "--policy", "default"], "--priority"),
        (
            ["--from", beijing("04-21T17:30"), "--minutes", "5", "--policy", "default", "--priority", "P1"],
            "not for both",
        ),
        (["--from", beijing("04-21T17:30"), "--minutes", "9999999"], "Ask for less"),
        (["--from", beijing("04-21T17:30"), "--minutes", "-1"], "range"),
        (
            ["--from", beijing("04-21T17:30"), *NEXT_UPDATE, "--opened", beijing("04-22T17:30")],
            "opened after",
        ),
    ],
)
def test_what_can_not_be_answered_is_said_clearly(words: list[str], said: str) -> None:
    assert said in refused(*words)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 3000 * 1440), st.integers(1, 3000))
def test_a_minute_more_is_never_due_earlier(start: int, minutes: int) -> None:
    moment = (datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=start)).isoformat()
    first, then = (ask("--from", moment, "--minutes", str(number))["due"] for number in (minutes, minutes + 1))
    assert datetime.fromisoformat(moment) < datetime.fromisoformat(first) < datetime.fromisoformat(then)


@pytest.mark.slow
def test_it_needs_no_database_and_no_settings(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "portal.cli",
        "calendar",
        "due",
        "--from",
        beijing("10-01T17:55"),
        "--minutes",
        "1",
    ]
    environment = {"PYTHONPATH": str(ROOT), "PATH": ""}
    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert json.loads(ended.stdout)["due"] == beijing("10-08T09:01")
    assert list(tmp_path.iterdir()) == []
