"""Hours as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.agreements.forms.hours import read_hours, write_hours
from portal.core.calendar import Interval


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", []),
        ("  ", []),
        ("09:00-18:00", [(540, 1080)]),
        ("9:00 - 12:00, 13:00 - 18:00", [(540, 720), (780, 1080)]),
        ("９：００－１２：００，１３：００～１８：００", [(540, 720), (780, 1080)]),
        ("9:00至12:00、13:00到18:00", [(540, 720), (780, 1080)]),
        ("22:00-06:00", [(1320, 1800)]),
        ("00:00-24:00", [(0, 1440)]),
        ("09:00 to 17:30; 19:00–20:00", [(540, 1050), (1140, 1200)]),
    ],
)
def test_hours_are_understood_as_people_write_them(text: str, spans: list[tuple[int, int]]) -> None:
    assert [(each.start, each.end) for each in read_hours(text)] == spans


TOO_MANY = ", ".join(f"0{number}:00-0{number}:30" for number in range(8))


@pytest.mark.parametrize(
    "text",
    [
        "nine",
        "09:00",
        "25:00-26:00",
        "09:60-10:00",
        "09:00-18:00 13:00",
        "9-18",
        "-1:00-02:00",
        "24:00-25:00",
        TOO_MANY,
    ],
)
def test_what_can_not_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"hours|span|clock"):
        read_hours(text)


@given(st.lists(st.tuples(st.integers(0, 1439), st.integers(1, 1440)), max_size=6))
def test_what_is_written_is_read_as_it_was(given_spans: list[tuple[int, int]]) -> None:
    intervals = sorted(Interval(start, start + length) for start, length in given_spans)
    assert sorted(read_hours(write_hours(intervals))) == intervals
