"""Reading a list as spreadsheets save it: UTF-8, UTF-16 or GB18030, with commas, semicolons or tabs."""

import codecs
import csv
import io
from collections.abc import Iterator

from portal.administration.services.errors import SetupError

MOST_ROWS = 200_000
_SEPARATORS = (",", ";", "\t")
_LONGEST_CELL = 20_000


def read_records(body: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with its number as a spreadsheet counts; raises SetupError where it can't be read."""
    text = _decode(body)
    lines, separator = _after_excels_line(text)
    number = 0
    try:
        for number, record in enumerate(csv.reader(lines, delimiter=separator), start=1):
            if number > MOST_ROWS + 1:
                raise SetupError("too-many-rows", most=MOST_ROWS)
            yield number, [" ".join(cell.split())[:_LONGEST_CELL] for cell in record]
    except csv.Error as error:
        raise SetupError("unreadable", row=number + 1) from error


def _decode(body: bytes) -> str:
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if body.startswith(mark):
            return _as(body, encoding)
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _as(body, "gb18030")


def _as(body: bytes, encoding: str) -> str:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        raise SetupError("no-text") from error


def _after_excels_line(text: str) -> tuple[io.StringIO, str]:
    """Return the lines and what stands between cells: as Excel says on a line of its own, or the most frequent."""
    lines = io.StringIO(text.replace("\x00", ""), newline="")
    first = lines.readline()
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        return lines, first.strip()[4]
    lines.seek(0)
    return lines, max(_SEPARATORS, key=first.count)
