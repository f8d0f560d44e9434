"""Tables as files that spreadsheets open."""

import csv
import io

import pytest

from portal.ui.tables import table_file


def test_it_is_kept_as_a_file_of_its_name_and_by_nobody_on_the_way() -> None:
    answer = table_file("calls", [["医院"], [2]])
    assert answer.data == "\ufeff医院\r\n2\r\n".encode()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="calls.csv"'
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "＝"])
def test_no_cell_is_taken_for_a_formula(begin: str) -> None:
    body = table_file("calls", [[f"{begin}1+1", -2]]).data.decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(body))) == [f"'{begin}1+1", "-2"]
