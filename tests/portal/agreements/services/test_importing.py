"""Reading .ics files."""

from contextlib import suppress
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.agreements.models import DayKind
from portal.agreements.services import FeedError, Office, Verdict, read_feed
from portal.agreements.services.importing import MOST_BYTES, MOST_DAYS
from portal.core.calendar import interval

BEIJING = Office(ZoneInfo("Asia/Shanghai"), frozenset(range(5)))
HOURS = (interval("09:00", "18:00"),)


def an_event(day: str, summary: str, *more: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"DTSTART;VALUE=DATE:{day}", f"SUMMARY:{summary}", *more, "END:VEVENT"])


def a_feed(*events: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//", *events, "END:VCALENDAR", ""]).encode()


@pytest.mark.parametrize(
    ("day", "summary", "more", "verdict"),
    [
        ("20261001", "国庆节", (), Verdict.HOLIDAY),
        ("20261001", "Anything at all", (), Verdict.HOLIDAY),
        ("20261009", "院庆（休）", (), Verdict.HOLIDAY),
        ("20261009", "Office closed", (), Verdict.HOLIDAY),
        ("20261010", "国庆节（班）", (), Verdict.MAKE_UP),
        ("20261010", "国庆节", ("X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY",), Verdict.MAKE_UP),
        ("20261009", "国庆节", ("X-APPLE-SPECIAL-DAY:WORK-HOLIDAY",), Verdict.HOLIDAY),
        ("20260910", "教师节", (), Verdict.OBSERVANCE),
        ("20260910", "Teachers' Day", (), Verdict.OBSERVANCE),
        ("20261123", "小雪", (), Verdict.OBSERVANCE),
        ("20261111", "Singles", ("DESCRIPTION:Observance",), Verdict.OBSERVANCE),
        ("20261112", "Inventory", (), Verdict.UNKNOWN),
        ("20261107", "Inventory", (), Verdict.CLOSED_ANYWAY),
    ],
)
def test_each_day_is_what_it_seems_to_be(day: str, summary: str, more: tuple[str, ...], verdict: Verdict) -> None:
    (found,) = read_feed(a_feed(an_event(day, summary, *more)), BEIJING)
    assert found.verdict is verdict
    assert found.is_likely == (verdict in {Verdict.HOLIDAY, Verdict.MAKE_UP})


def test_an_event_of_several_days_is_each_of_them() -> None:
    found = read_feed(a_feed(an_event("20261001", "国庆节", "DTEND;VALUE=DATE:20261004")), BEIJING)
    assert [each.day for each in found] == [date(2026, 10, number) for number in (1, 2, 3)]


def test_another_country_knows_its_own_holidays() -> None:
    berlin = Office(ZoneInfo("Europe/Berlin"), frozenset(range(5)))
    (found,) = read_feed(a_feed(an_event("20261225", "25.12.")), berlin)
    assert found.verdict is Verdict.HOLIDAY


def test_a_meeting_closes_no_office() -> None:
    meeting = "BEGIN:VEVENT\r\nDTSTART:20261009T010000Z\r\nSUMMARY:Meeting\r\nEND:VEVENT"
    (found,) = read_feed(a_feed(meeting, an_event("20261001", "国庆节")), BEIJING)
    assert found.day == date(2026, 10, 1)


def test_a_make_up_day_gets_the_hours_of_a_working_day() -> None:
    (found,) = read_feed(a_feed(an_event("20261010", "补班")), BEIJING)
    assert (found.as_other_day(HOURS).kind, found.as_other_day(HOURS).intervals) == (DayKind.ON, HOURS)


def test_a_day_off_gets_no_hours() -> None:
    (found,) = read_feed(a_feed(an_event("20261001", "国庆节")), BEIJING)
    assert (found.as_other_day(HOURS).kind, found.as_other_day(HOURS).intervals) == (DayKind.OFF, ())


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"x" * (MOST_BYTES + 1), "too-large"),
        (b"", "not-a-calendar"),
        (b"%PDF-1.7", "not-a-calendar"),
        ("国庆".encode("gbk"), "not-a-calendar"),
        (a_feed(), "nothing-in-it"),
        (a_feed(*[an_event("20261001", "x")] * (MOST_DAYS + 1)), "too-many-days"),
        (
            a_feed(*(an_event(f"{year}0101", "x", f"DTEND;VALUE=DATE:{year}0131") for year in range(2001, 2080))),
            "too-many",
        ),
    ],
)
def test_a_file_that_can_not_be_used_is_refused_clearly(content: bytes, code: str) -> None:
    with pytest.raises(FeedError, match=code):
        read_feed(content, BEIJING)


SAMPLE = a_feed(an_event("20261001", "国庆节", "DTEND;VALUE=DATE:20261004"), an_event("20261010", "国庆节（班）"))
pieces = st.sampled_from(
    [b"\r\n", b":", b";", b"=", b'"', b"99999999", b"BEGIN:VEVENT\r\n", b"END:VCALENDAR\r\n", b"\xff"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SAMPLE)), st.integers(0, 20), pieces), min_size=1, max_size=6))
def test_whatever_the_file_it_is_read_or_refused(cuts: list[tuple[int, int, bytes]]) -> None:
    content = SAMPLE
    for at, length, piece in cuts:
        content = content[:at] + piece + content[at + length :]
    with suppress(FeedError):
        assert read_feed(content, BEIJING)
