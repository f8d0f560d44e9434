"""Which rule has to look at which line: a rule only looks where one of its words stands."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import compress, pairwise
from typing import Final, NamedTuple

from intake.redaction.markers import KINDS, Found
from intake.redaction.pages import Page

Finder = Callable[[Page], Iterator[Found]]


class Rule(NamedTuple):
    """A way to find what must go, and the words (in lower case) without one of which there is nothing for it."""

    find: Finder
    stems: tuple[str, ...]


NUMBER: Final = "\0number"
"""In the place of a word: the line has a number of seven digits or more, that is not only a date."""
RUN: Final = "\0run"
"""In the place of a word: the line has sixteen letters and digits in a row."""
CHINESE: Final = "\0chinese"
"""In the place of a word: the line isn't plain ASCII."""

_NUMBER: Final = re.compile(
    r"[0-9](?<![0-9][0-9])(?!(?<=1)9[0-9]{2}[-/]|(?<=2)0[0-9]{2}[-/])(?:[ ()（）-]{0,2}[0-9]){6}"
)
_RUN: Final = re.compile(r"[a-z0-9_+/-]{16}")


class Rules:
    """A set of rules that knows quickly which of them a line needs; a need is a number with a bit for each rule."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Note for every word which rules it calls."""
        self._finders = [rule.find for rule in rules]
        needs: dict[str, int] = {}
        for number, rule in enumerate(rules):
            for stem in rule.stems:
                needs[stem] = needs.get(stem, 0) | 1 << number
        self._number, self._run, self._chinese = (needs.pop(sign, 0) for sign in (NUMBER, RUN, CHINESE))
        self._stems = tuple(needs.items())
        self._of_markers = {kind: self.needed_by(f"[{kind} 1]") for kind in KINDS}
        self.finders = lru_cache(maxsize=4_096)(self._chosen)

    def needed_by(self, lower: str) -> int:
        """The rules that one line in lower case needs."""
        need = self._signs(lower, 0, len(lower))
        for stem, rules in self._stems:
            if stem in lower:
                need |= rules
        return need

    def needed_by_each(self, lower: str, starts: Sequence[int]) -> list[int]:
        """The rules that each piece of a text needs; pieces begin at `starts`, the last entry is the text's end."""
        needs = [self._signs(lower, start, end) for start, end in pairwise(starts)]
        for stem, rules in self._stems:
            piece, at = 0, lower.find(stem)
            while at >= 0:
                piece = bisect_right(starts, at, piece)
                needs[piece - 1] |= rules
                at = lower.find(stem, starts[piece])
        return needs

    def needed_after(self, need: int, kinds: set[str]) -> int:
        """The rules that a piece needs once markers of these kinds stand in it: their words call rules, too."""
        for kind in kinds:
            need |= self._of_markers[kind]
        return need

    def _signs(self, lower: str, start: int, end: int) -> int:
        need = self._chinese if not lower[start:end].isascii() else 0
        if _NUMBER.search(lower, start, end):
            need |= self._number
        return need | self._run if _RUN.search(lower, start, end) else need

    def _chosen(self, need: int) -> tuple[Finder, ...]:
        return tuple(compress(self._finders, (need >> number & 1 for number in range(len(self._finders)))))
