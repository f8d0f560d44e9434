"""A list as it is kept while it is worked on: one JSON array a row, to be read from any place on."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from portal.accounts.queries import digits_of
from portal.administration.models import Register
from portal.administration.services.taking.cells import problem_of, tidied
from portal.administration.services.taking.records import Record

AT_ONCE = 2000
"""How many rows one transaction works on."""
KEYS: Mapping[Register, tuple[tuple[str, ...], ...]] = {
    Register.ORGANISATIONS: (("code",), ("name",)),
    Register.CONTACTS: (("email",), ("phone",), ("user_name",)),
    Register.INSTALLATIONS: (("organisation", "product", "site"),),
    Register.RELEASES: (("product", "version", "component"),),
}
"""What makes two rows the same: the first of these in which anything is named."""
_EACH = frozenset({Register.CONTACTS})
"""Where any of them does: nobody shares a way in."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list."""

    number: int
    """As a spreadsheet counts."""
    fault: int | str
    """The earlier row that is about the same, or a column and why it can't be read; 0 where there is neither."""
    cells: Mapping[str, str]


def write_rows(register: Register, columns: Sequence[str], records: Iterable[Record]) -> bytes:
    """Return a list as it is kept; each row knows whom it repeats, or what of it can't be read."""
    kept, first = BytesIO(), dict[tuple[str, ...], int]()
    kept.write(_line(columns))
    for record in records:
        cells = {column: tidied(column, text) for column, text in zip(columns, record.cells, strict=False)}
        if record.reason:
            fault: int | str = f"{columns[min(record.place, len(columns) - 1)]}:{record.reason}"
        else:
            fault = _repeated(first, _keys(register, cells), record.number)
        kept.write(_line([record.number, fault, *(cells.get(each, "") for each in columns)]))
    return kept.getvalue()


def _repeated(first: dict[tuple[str, ...], int], keys: Sequence[tuple[str, ...]], number: int) -> int:
    """Return the earlier row that is about the same, and note what this one is about; 0 where there is none."""
    earlier = min((first[key] for key in keys if key in first), default=0)
    first.update((key, number) for key in keys if key not in first)
    return earlier


def read_rows(path: Path, place: int, *, limit: int = AT_ONCE) -> tuple[list[Row], int]:
    """Return the rows from a place on, and the place after them."""
    with path.open("rb") as file:
        columns: list[str] = json.loads(file.readline())
        file.seek(max(place, file.tell()))
        rows = [_row(columns, line) for _, line in zip(range(limit), iter(file.readline, b""), strict=False)]
        return rows, file.tell()


def count_rows(kept: bytes) -> int:
    """Return how many rows a list has, its columns left out."""
    return kept.count(b"\n") - 1


def _row(columns: Sequence[str], line: bytes) -> Row:
    number, fault, *cells = json.loads(line)
    return Row(number, fault, dict(zip(columns, cells, strict=True)))


def _line(values: Sequence[object]) -> bytes:
    return json.dumps(values, ensure_ascii=False).encode() + b"\n"


def _keys(register: Register, cells: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return what a row is told apart by; what is no such value tells nothing apart."""
    found = []
    for number, names in enumerate(KEYS[register]):
        value = tuple(_compared(name, cells.get(name, "")) for name in names)
        if any(value):
            found.append((str(number), *value))
    return found if register in _EACH else found[:1]


def _compared(column: str, text: str) -> str:
    if problem_of(column, text):
        return ""
    return digits_of(text) if column == "phone" else text.casefold()
