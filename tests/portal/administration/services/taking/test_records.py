"""The records of a list: what spreadsheets write is read, and a broken line loses no other."""

import pytest

from portal.administration.services.errors import SetupError
from portal.administration.services.taking import records
from portal.administration.services.taking.records import Record, read_records

HEADINGS = "code,name,region\n"


def told(text: str) -> list[tuple[int, int, str]]:
    """Return what is wrong with a list: the row, the place of the cell, and why."""
    return [(each.number, each.place, each.reason) for each in read_records(text.encode()) if each.reason]


def test_a_row_with_too_few_cells_is_told() -> None:
    assert told(HEADINGS + "K-1,Qinghe,Hunan\nK-2,Songlin\nK-3,Gulou,\n") == [(3, 2, "too-few")]


def test_a_row_with_too_many_cells_is_told() -> None:
    assert told(HEADINGS + "K-1,Qinghe,Hunan,more\nK-2,Songlin,,\n") == [(2, 2, "too-many")]


def test_empty_columns_after_the_last_heading_are_left_out() -> None:
    found = list(read_records(b"code,name,,\nK-1,Qinghe,,\n"))
    assert found == [Record(1, ["code", "name"]), Record(2, ["K-1", "Qinghe"])]


def test_a_whole_block_without_its_last_columns_is_as_a_spreadsheet_writes_it() -> None:
    full = "".join(f"K-{each},Hospital {each},Hunan\n" for each in range(2, 17))
    cut = "".join(f"K-{each},Hospital {each}\n" for each in range(17, 33))
    found = list(read_records((HEADINGS + full + cut).encode()))
    assert {each.reason for each in found} == {""}
    assert found[-1].cells == ["K-32", "Hospital 32", ""]


def test_a_short_row_among_longer_ones_of_a_block_is_a_broken_line() -> None:
    rows = [f"K-{each},Hospital {each}" for each in range(17, 33)]
    rows[5] = "K-22"
    full = "".join(f"K-{each},Hospital {each},Hunan\n" for each in range(2, 17))
    assert (22, 1, "too-few") in told(HEADINGS + full + "\n".join(rows))


def test_a_last_row_that_stands_alone_in_its_block_is_not_taken_for_cut() -> None:
    full = "".join(f"K-{each},Hospital {each},Hunan\n" for each in range(2, 17))
    assert told(HEADINGS + full + "K-17,Hosp") == [(17, 2, "too-few")]


def test_a_quotation_mark_that_stays_open_loses_no_other_row() -> None:
    found = list(read_records((HEADINGS + 'K-1,"Qinghe,Hunan\nK-2,"Songlin, east",Hubei\nK-3,Gulou,\n').encode()))
    assert [(each.number, each.reason) for each in found] == [(1, ""), (2, "open-quote"), (3, ""), (4, "")]
    assert found[1].place == 1
    assert found[2].cells == ["K-2", "Songlin, east", "Hubei"]


def test_a_quotation_mark_that_stays_open_to_the_end_loses_no_other_row() -> None:
    rows = "".join(f"K-{each},Hospital,\n" for each in range(200))
    assert told(HEADINGS + 'K-1,"Qinghe,Hunan\n' + rows) == [(2, 1, "open-quote")]


def test_words_after_a_quoted_cell_are_told() -> None:
    assert told(HEADINGS + 'K-1,"Qinghe" Hospital,Hunan\n') == [(2, 1, "open-quote")]


def test_a_cell_over_several_lines_is_one_row() -> None:
    found = list(read_records((HEADINGS + 'K-1,"Qinghe\r\nHospital",Hunan\r\nK-2,"A ""b""",\r\n').encode()))
    assert [each.cells for each in found[1:]] == [["K-1", "Qinghe Hospital", "Hunan"], ["K-2", 'A "b"', ""]]
    assert found[-1].number == 3


@pytest.mark.parametrize("strange", ["\x00", "\x07", "\u202e", "\ufffd"], ids=["nul", "bell", "override", "lost"])
def test_a_character_that_no_cell_can_hold_is_told(strange: str) -> None:
    assert told(f"{HEADINGS}K-1,Qin{strange}ghe,Hunan\nK-2,Songlin,\n") == [(2, 1, "unreadable")]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"], ids=["windows", "unix", "old mac"])
def test_lines_end_as_any_computer_ends_them(end: str) -> None:
    assert [each.number for each in read_records(f"code{end}K-1{end}{end}K-2{end}".encode())] == [1, 2, 4]


def test_a_list_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MOST_ROWS", 3)
    assert len(list(read_records(b"code\n1\n2\n3\n"))) == 4
    with pytest.raises(SetupError, match="too-many-rows"):
        list(read_records(b"code\n1\n2\n3\n4\n"))


def test_headings_that_can_not_be_read_refuse_the_list() -> None:
    with pytest.raises(SetupError, match="unreadable"):
        list(read_records(b"co\x00de,name\nK-1,Qinghe\n"))
