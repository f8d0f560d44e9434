"""What a cell means, and what is no such value."""

import pytest

from portal.administration.services.taking.cells import problem_of, read_day, tidied


@pytest.mark.parametrize(
    ("column", "text", "meant"),
    [
        ("code", "Ｋ－１００１", "K-1001"),
        ("phone", "０７３１－５５５", "0731-555"),
        ("code", '="00731"', "00731"),
        ("phone", "'+86 138", "+86 138"),
        ("email", "tang@hospital.example\u200b", "tang@hospital.example"),
        ("name", "清河医院（东院）", "清河医院（东院）"),
        ("name", "'Ospedale", "'Ospedale"),
    ],
)
def test_a_cell_is_read_as_it_is_meant(column: str, text: str, meant: str) -> None:
    assert tidied(column, text) == meant


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("email", "tang@hospital.example", ""),
        ("email", "a@b.example;c@d.example", "not-an-address"),
        ("email", "<tang@hospital.example>", "not-an-address"),
        ("phone", "+86 (731) 555-0101", ""),
        ("phone", "138 or ask Wang", "not-a-phone"),
        ("phone", "12", "not-a-phone"),
        ("phone", "13800000001/13900000002", "not-a-phone"),
        ("phone", "1.38E+11", "shortened"),
        ("phone", "13812345678.0", "shortened"),
        ("code", "1.00123E+15", "shortened"),
        ("code", "K-1001", ""),
        ("name", "#N/A", "broken-formula"),
        ("published_on", "########", "broken-formula"),
        ("published_on", "2026-04-30", ""),
        ("published_on", "1026-04-30", "not-a-day"),
        ("time_zone", "Asia/Shanghai", ""),
        ("time_zone", "Peking", "not-a-zone"),
    ],
)
def test_what_is_no_such_value_is_told(column: str, text: str, reason: str) -> None:
    assert problem_of(column, text) == reason


@pytest.mark.parametrize(
    "text",
    ["2026-04-30", "2026/4/30", "2026.4.30", "2026年4月30日", "２０２６－０４－３０", "2026-04-30 08:15:00",
     "2026-04-30T08:15:00Z", "2026/4/30 8:15"],
)  # fmt: skip
def test_a_day_is_read_as_spreadsheets_write_it(text: str) -> None:
    day = read_day(text)
    assert day is not None
    assert day.isoformat() == "2026-04-30"


@pytest.mark.parametrize(
    "text", ["04/05/2026", "30.04.2026", "20260430", "46142", "2026-02-30", "2026-04-30 or later", "soon", "2026-04"]
)
def test_a_day_that_may_be_another_is_not_guessed(text: str) -> None:
    assert read_day(text) is None
