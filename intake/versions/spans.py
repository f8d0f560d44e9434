"""Stretches of releases, each with two ends or open to one side."""

from collections.abc import Iterable
from dataclasses import dataclass

from intake.versions.version import Version


@dataclass(frozen=True)
class Span:
    """One unbroken stretch of releases; a missing end is open."""

    low: Version | None = None
    high: Version | None = None
    has_low: bool = True
    has_high: bool = True

    def contains(self, version: Version) -> bool:
        """Whether this release certainly lies in the stretch."""
        return self._is_above_low(version) is True and self._is_below_high(version) is True

    def is_unclear(self, version: Version) -> bool:
        """Whether only the build number, which isn't known, could tell."""
        answers = {self._is_above_low(version), self._is_below_high(version)}
        return None in answers and False not in answers

    def as_text(self) -> str:
        """The stretch in the notation that the range parser reads back."""
        if self.low is None and self.high is None:
            return "all versions"
        if self.low is not None and self.high is not None:
            if self.low == self.high:
                return f"={self.low.text}"
            if _is_one_series(self.low, self.high):
                return f"{self.low.text}.x"
        return ", ".join(part for part in (self._low_text(), self._high_text()) if part)

    def _is_above_low(self, version: Version) -> bool | None:
        if self.low is None:
            return True
        place = _place(version, self.low)
        return None if place is None else place > 0 or (place == 0 and self.has_low)

    def _is_below_high(self, version: Version) -> bool | None:
        if self.high is None:
            return True
        place = _place(version, self.high)
        return None if place is None else place < 0 or (place == 0 and self.has_high)

    def _low_text(self) -> str:
        if self.low is None:
            return ""
        series = ".x" if self.low.is_floor else ""
        return f"{'>=' if self.has_low else '>'}{_dotted(self.low)}{series}"

    def _high_text(self) -> str:
        if self.high is None:
            return ""
        if not self.high.is_floor:
            return f"{'<=' if self.has_high else '<'}{self.high.text}"
        last = self.high.numbers[-1]
        if last == 0:
            return f"<{_dotted(self.high)}.x"
        return f"<={'.'.join(map(str, (*self.high.numbers[:-1], last - 1)))}.x"


def without(spans: Iterable[Span], version: Version) -> list[Span]:
    """The same stretches with one release cut out of them."""
    kept: list[Span] = []
    for span in spans:
        if not span.contains(version):
            kept.append(span)
            continue
        if span.low != version:
            kept.append(Span(span.low, version, span.has_low, has_high=False))
        if span.high != version:
            kept.append(Span(version, span.high, has_low=False, has_high=span.has_high))
    return kept


def _place(version: Version, edge: Version) -> int | None:
    """Before, at or after an edge; None where the edge names a build and the version doesn't."""
    if version.has_build != edge.has_build and version.release == edge.release:
        return 0 if version.has_build else None
    return (version > edge) - (version < edge)


def _is_one_series(low: Version, high: Version) -> bool:
    """Whether the two ends are those of "5.x"."""
    both_floors = low.is_floor and high.is_floor
    return both_floors and high.numbers == (*low.numbers[:-1], low.numbers[-1] + 1)


def _dotted(version: Version) -> str:
    return ".".join(map(str, version.numbers)) if version.is_floor else version.text
