"""A list as it is kept while it is worked on: one JSON array a row, to be read from any place on."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from portal.administration.models import Register

AT_ONCE = 2000
"""How many rows one transaction works on."""
KEYS: Mapping[Register, tuple[tuple[str, ...], ...]] = {
    Register.ORGANISATIONS: (("code",), ("name",)),
    Register.CONTACTS: (("email",), ("phone",), ("user_name",)),
    Register.INSTALLATIONS: (("organisation", "product", "site"),),
    Register.RELEASES: (("product", "version", "component"),),
}
"""What makes two rows the same: the first of these in which anything is named."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list."""

    number: int
    """As a spreadsheet counts."""
    repeats: int
    """The earlier row that is about the same; 0 where there is none."""
    cells: Mapping[str, str]


def write_rows(register: Register, columns: Sequence[str], records: Iterable[tuple[int, Sequence[str]]]) -> bytes:
    """Return a list as it is kept; rows without anything in them are left out, and each knows whom it repeats."""
    kept, first = BytesIO(), dict[tuple[str, ...], int]()
    kept.write(_line(columns))
    for number, record in records:
        cells = dict(zip(columns, record, strict=False))
        if not any(cells.values()):
            continue
        earlier = first.setdefault(_key(register, cells), number)
        kept.write(_line([number, 0 if earlier == number else earlier, *(cells.get(each, "") for each in columns)]))
    return kept.getvalue()


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
    number, repeats, *cells = json.loads(line)
    return Row(number, repeats, dict(zip(columns, cells, strict=True)))


def _line(values: Sequence[object]) -> bytes:
    return json.dumps(values, ensure_ascii=False).encode() + b"\n"


def _key(register: Register, cells: Mapping[str, str]) -> tuple[str, ...]:
    for number, names in enumerate(KEYS[register]):
        value = tuple(cells.get(name, "").casefold() for name in names)
        if any(value):
            return (str(number), *value)
    return ()
