"""The picture of all paths: a line from the first page to sending, with a way around each page that may be left out."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WIDTH = 704
_LINE = 22
_LEFT, _TEXT = 84, 112
_ACROSS = WIDTH - _TEXT - 24
_GAP, _INSIDE = 26, 14
_SIZE = 14
_ROOM = _ACROSS // _SIZE
"""How many Chinese characters fit on a line; Latin ones take a little more than half of one."""


@dataclass(frozen=True, slots=True)
class Stop:
    """What one box of the picture says."""

    title: str
    when: str
    """Empty where everybody gets here."""
    lines: Sequence[tuple[str, bool]]
    """What is asked, and whether only after certain answers."""
    is_apart: bool = False
    """Whether it can be entered from anywhere, and so stands beside the line."""


@dataclass(frozen=True, slots=True)
class Written:
    """A line of a box, and where it stands."""

    text: str
    x: int
    y: int
    kind: str
    """title, when, always or sometimes."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the picture, and where it stands."""

    y: int
    height: int
    is_sometimes: bool
    written: Sequence[Written]
    is_apart: bool = False

    @property
    def middle(self) -> int:
        """Where the line meets it."""
        return self.y + _INSIDE + _LINE // 2


@dataclass(frozen=True, slots=True)
class Flow:
    """The whole picture, in the units of its view."""

    boxes: Sequence[Box]
    height: int
    width: int = WIDTH
    left: int = _LEFT


def flow_of(stops: Sequence[Stop]) -> Flow:
    """Return the picture of some boxes, from the top down."""
    boxes: list[Box] = []
    y = _GAP // 2
    for stop in stops:
        box = _box(stop, y)
        boxes.append(box)
        y += box.height + _GAP
    return Flow(boxes, y - _GAP // 2)


def _box(stop: Stop, y: int) -> Box:
    written = list(_written(stop, y + _INSIDE + _LINE // 2))
    return Box(y, _INSIDE * 2 + _LINE * len(written), bool(stop.when), written, stop.is_apart)


def _written(stop: Stop, y: int) -> Iterator[Written]:
    for line in wrapped(stop.title, _ROOM, 2):
        yield Written(line, _TEXT, y, "title")
        y += _LINE
    for line in wrapped(stop.when, _ROOM, 3):
        yield Written(line, _TEXT, y, "when")
        y += _LINE
    for text, is_sometimes in stop.lines:
        line = "".join(wrapped(text, _ROOM - 2, 1))
        yield Written(line, _TEXT + 18, y, "sometimes" if is_sometimes else "always")
        y += _LINE


def wrapped(text: str, room: int, most: int) -> list[str]:
    """Return a text as lines of so much room; what doesn't fit on the last ends in three dots."""
    lines: list[str] = []
    rest = " ".join(text.split())
    while rest and len(lines) < most:
        is_last = len(lines) == most - 1
        line = _beginning(rest, room)
        if line != rest and is_last:
            line = f"{_fitting(rest, room - 1).rstrip()}…"
            rest = ""
        lines.append(line.strip())
        rest = rest[len(line) :].lstrip()
    return lines


def _beginning(text: str, room: int) -> str:
    """Return as much as fits, ending between two words where there is such a place."""
    fitting = _fitting(text, room)
    if fitting == text or text[len(fitting)] == " ":
        return fitting
    before, space, _ = fitting.rpartition(" ")
    return f"{before}{space}" if before and len(before) > len(fitting) // 2 else fitting


def _fitting(text: str, room: float) -> str:
    used = 0.0
    for place, character in enumerate(text):
        used += 1 if unicodedata.east_asian_width(character) in "WFA" else 0.55
        if used > room:
            return text[: max(place, 1)]
    return text
