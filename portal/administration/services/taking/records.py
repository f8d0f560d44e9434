"""The records of a list, with commas, semicolons or tabs; a broken one is told, and loses no other."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from portal.administration.services.errors import SetupError
from portal.administration.services.taking.decoding import LOST, text_of

MOST_ROWS = 200_000
_SEPARATORS = (",", ";", "\t")
_LONGEST_CELL = 20_000
_LINES_OF_A_CELL = 50
"""A quotation mark that is open for longer was forgotten."""
_BLOCK = 16
"""A spreadsheet program writes so many rows at once, and leaves out the last columns where all of them are empty."""
_UNWANTED = re.compile(f"[\x00-\x08\x0e-\x1b\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069{LOST}]")


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a list, as it was read."""

    number: int
    """As a spreadsheet counts."""
    cells: Sequence[str]
    place: int = 0
    """The number of the cell that a reason is about."""
    reason: str = ""
    """Why it can't be what was meant; empty where it can."""


def read_records(body: bytes) -> Iterator[Record]:
    """Yield each record that has anything in it, the headings first; raises SetupError where it is no list."""
    lines, separator = _after_excels_line(text_of(body))
    read = _read(lines, separator)
    headings = next(read, Record(1, []))
    if headings.reason:
        raise SetupError("unreadable")
    width = max((place for place, cell in enumerate(headings.cells, start=1) if cell), default=0)
    yield Record(1, headings.cells[:width])
    for block, records in groupby(read, key=lambda record: (record.number - 1) // _BLOCK):
        filled = [record for record in records if any(record.cells)]
        may_be_cut = block > 0 and _is_cut(filled, width)
        for record in filled:
            yield record if record.reason else _fitted(record, width, may_be_cut=may_be_cut)


def _is_cut(block: Sequence[Record], width: int) -> bool:
    """Tell whether a program left out the last columns of a whole block; a single short row is a broken line."""
    lengths = {len(record.cells) for record in block if not record.reason}
    return len(block) > 1 and len(lengths) == 1 and max(lengths) < width


def _read(lines: Sequence[str], separator: str) -> Iterator[Record]:
    place = number = 0
    while place < len(lines):
        number += 1
        if number > MOST_ROWS + 1:
            raise SetupError("too-many-rows", most=MOST_ROWS)
        cells, used, reason = _next_record(lines, place, separator)
        place += used
        yield _tidied(number, cells, reason)


def _next_record(lines: Sequence[str], place: int, separator: str) -> tuple[list[str], int, str]:
    """Return the cells of a record, how many lines it takes, and what is wrong with it."""
    line = lines[place].rstrip("\r\n")
    if '"' not in line:
        return line.split(separator), 1, ""
    reader = csv.reader(lines[place : place + _LINES_OF_A_CELL], delimiter=separator, strict=True)
    try:
        return next(reader), reader.line_num, ""
    except csv.Error:
        return line.split(separator), 1, "open-quote"


def _tidied(number: int, cells: Sequence[str], reason: str) -> Record:
    """Return a record with one space for any blank; what no cell can hold is told, not dropped."""
    strange = next((place for place, cell in enumerate(cells) if _UNWANTED.search(cell)), None)
    quoted = next((place for place, cell in enumerate(cells) if '"' in cell), 0) if reason else 0
    tidied = [" ".join(_UNWANTED.sub(LOST, cell).split())[:_LONGEST_CELL] for cell in cells]
    if strange is not None and not reason:
        return Record(number, tidied, strange, "unreadable")
    return Record(number, tidied, quoted, reason)


def _fitted(record: Record, width: int, *, may_be_cut: bool) -> Record:
    """Return a record with as many cells as there are headings, or with what is wrong."""
    missing = width - len(record.cells)
    if missing > 0 and not may_be_cut:
        return Record(record.number, record.cells, len(record.cells), "too-few")
    if any(record.cells[width:]):
        return Record(record.number, record.cells[:width], width - 1, "too-many")
    return Record(record.number, [*record.cells[:width], *[""] * missing])


def _after_excels_line(text: str) -> tuple[list[str], str]:
    """Return the lines and what stands between cells: as Excel says on a line of its own, or the most frequent."""
    lines = io.StringIO(text, newline="").readlines()
    first = lines[0] if lines else ""
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        return lines[1:], first.strip()[4]
    return lines, max(_SEPARATORS, key=first.count)
