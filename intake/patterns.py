r"""Patterns for short texts, in a subset whose matching takes time linear in the text, whoever wrote the pattern.

Letters, `.`, `\d \w \s`, classes, groups, `|`, `? * + {n,m}`; nothing that repeats inside something that
repeats, no back-references, no look-around. With the re2 extra installed, whatever re2 takes is taken as well.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Protocol, TypeAlias

MOST_STATES = 2000
MOST_REPEATS = 200
MOST_GROUPS = 30

_Takes: TypeAlias = Callable[[str], bool]
_CLASSES = {"d": str.isdecimal, "w": lambda c: c.isalnum() or c == "_", "s": str.isspace}
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r"}
_COUNT = re.compile(r"\{(\d{1,4})(,(\d{0,4}))?\}")


class PatternError(ValueError):
    """A pattern outside the subset; the message says which piece."""


class Matcher(Protocol):
    """Something that can say whether a whole text matches."""

    def matches(self, text: str) -> bool:
        """Say whether the whole text matches."""


def matches(pattern: str, text: str) -> bool:
    """Say whether the whole text matches a pattern that `fault_of` has no complaint about."""
    return _matcher(pattern).matches(text)


def fault_of(pattern: str) -> str | None:
    """Say why a pattern is not taken, or None when it is."""
    try:
        _matcher(pattern)
    except PatternError as error:
        return str(error)
    return None


@lru_cache(maxsize=512)
def _matcher(pattern: str) -> Matcher:
    try:
        return _Automaton(pattern)
    except PatternError:
        matcher = _re2_matcher(pattern)
        if matcher is None:
            raise
        return matcher


def _re2_matcher(pattern: str) -> Matcher | None:
    try:
        import re2
    except ImportError:
        return None
    try:
        return _Re2(re2.compile(pattern))
    except re2.error:
        return None


class _Re2:
    """A pattern compiled by the re2 extra."""

    def __init__(self, compiled: "re.Pattern[str]") -> None:
        self._compiled = compiled

    def matches(self, text: str) -> bool:
        return self._compiled.fullmatch(text) is not None


class _Automaton:
    """A pattern as states: each takes one character, or goes on without one to others."""

    def __init__(self, pattern: str) -> None:
        self._pattern, self._at = pattern.removeprefix("^"), 0
        if self._pattern.endswith("$") and not self._pattern.endswith("\\$"):
            self._pattern = self._pattern[:-1]
        if self._pattern.count("(") > MOST_GROUPS:
            raise PatternError("it has too many groups")
        self._takes: list[_Takes | None] = []
        self._next: list[list[int]] = []
        begin, end, _ = self._either()
        if self._at < len(self._pattern):
            raise PatternError("a closing bracket has no opening one")
        self._end = end
        self._first = self._closure({begin})

    def matches(self, text: str) -> bool:
        current = self._first
        for character in text:
            moved = {self._next[state][0] for state in current if (takes := self._takes[state]) and takes(character)}
            if not moved:
                return False
            current = self._closure(moved)
        return self._end in current

    def _closure(self, states: set[int]) -> frozenset[int]:
        reached, waiting = set(states), list(states)
        while waiting:
            state = waiting.pop()
            if self._takes[state] is None:
                fresh = [following for following in self._next[state] if following not in reached]
                reached.update(fresh)
                waiting.extend(fresh)
        return frozenset(reached)

    def _state(self, takes: _Takes | None = None, *following: int) -> int:
        if len(self._takes) >= MOST_STATES:
            raise PatternError("it is too large")
        self._takes.append(takes)
        self._next.append(list(following))
        return len(self._takes) - 1

    def _peek(self) -> str:
        return self._pattern[self._at] if self._at < len(self._pattern) else ""

    def _either(self) -> tuple[int, int, bool]:
        begin, end, repeats = self._sequence()
        while self._peek() == "|":
            self._at += 1
            other_begin, other_end, other_repeats = self._sequence()
            joined = self._state()
            self._next[end].append(joined)
            self._next[other_end].append(joined)
            begin, end, repeats = self._state(None, begin, other_begin), joined, repeats or other_repeats
        return begin, end, repeats

    def _sequence(self) -> tuple[int, int, bool]:
        begin = end = self._state()
        repeats = False
        while self._peek() not in ("", "|", ")"):
            piece_begin, piece_end, piece_repeats = self._piece()
            self._next[end].append(piece_begin)
            end, repeats = piece_end, repeats or piece_repeats
        return begin, end, repeats

    def _piece(self) -> tuple[int, int, bool]:
        start = self._at
        begin, end, repeats = self._atom()
        stop = self._at
        least, most = self._times()
        if (least, most) == (1, 1):
            return begin, end, repeats
        if repeats and most != 1:
            raise PatternError("something that repeats stands inside something that repeats")
        return self._repeated(start, stop, least, most)

    def _repeated(self, start: int, stop: int, least: int, most: int | None) -> tuple[int, int, bool]:
        after = self._at
        begin = end = self._state()
        for number in range(least if most is None else most):
            self._at = start
            copy_begin, copy_end, _ = self._atom()
            joined = self._state()
            self._next[end].append(copy_begin)
            self._next[copy_end].append(joined)
            if number >= least:
                self._next[end].append(joined)
            end = joined
        if most is None:
            self._at = start
            copy_begin, copy_end, _ = self._atom()
            loop = self._state(None, copy_begin)
            self._next[end].append(loop)
            self._next[copy_end].append(loop)
            end = loop
        self._at = after
        return self._closed(begin, end, least, most)

    def _closed(self, begin: int, end: int, least: int, most: int | None) -> tuple[int, int, bool]:
        leave = self._state()
        self._next[end].append(leave)
        return begin, leave, least != most

    def _times(self) -> tuple[int, int | None]:
        sign = self._peek()
        simple: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
        found = _COUNT.match(self._pattern, self._at)
        if sign in simple:
            self._at += 1
            times = simple[sign]
        elif found:
            self._at = found.end()
            least = int(found[1])
            times = (least, least if found[2] is None else int(found[3]) if found[3] else None)
        else:
            return 1, 1
        if max(times[0], times[1] or 0) > MOST_REPEATS or (times[1] is not None and times[0] > times[1]):
            raise PatternError(f"a piece repeats more than {MOST_REPEATS} times or fewer times than it must")
        if self._peek() and self._peek() in "?*+{":
            raise PatternError("something that repeats stands inside something that repeats")
        return times

    def _atom(self) -> tuple[int, int, bool]:
        sign = self._peek()
        self._at += 1
        if sign == "(":
            return self._group()
        if sign in "?*+{":
            raise PatternError("there is nothing to repeat")
        if sign in "^$":
            raise PatternError("`^` and `$` stand only at the ends, where they are not needed")
        takes = {".": lambda character: character != "\n"}.get(sign)
        if sign == "[":
            takes = self._class()
        elif sign == "\\":
            takes = self._escaped()
        end = self._state()
        return self._state(takes or sign.__eq__, end), end, False

    def _group(self) -> tuple[int, int, bool]:
        if self._pattern.startswith("?:", self._at):
            self._at += 2
        elif self._peek() == "?":
            raise PatternError("look-around, flags and named groups are not taken")
        begin, end, repeats = self._either()
        if self._peek() != ")":
            raise PatternError("an opening bracket has no closing one")
        self._at += 1
        return begin, end, repeats

    def _escaped(self) -> _Takes:
        letter = self._peek()
        self._at += 1
        if letter.lower() in _CLASSES and letter:
            takes = _CLASSES[letter.lower()]
            return takes if letter.islower() else lambda character: not takes(character)
        if not letter or letter.isalnum():
            if letter in _CONTROLS and letter:
                return _CONTROLS[letter].__eq__
            raise PatternError(f"`\\{letter}` is not taken")
        return letter.__eq__

    def _class(self) -> _Takes:
        is_negated = self._peek() == "^"
        self._at += is_negated
        members: list[_Takes] = []
        while self._peek() != "]" or not members:
            members.append(self._member())
        self._at += 1
        return lambda character: any(takes(character) for takes in members) != is_negated

    def _member(self) -> _Takes:
        first = self._peek()
        if not first:
            raise PatternError("`[` has no `]`")
        self._at += 1
        if first == "\\":
            return self._escaped()
        following = self._pattern[self._at : self._at + 2]
        if not following.startswith("-") or following in ("-", "-]"):
            return first.__eq__
        last = following[1]
        self._at += 2
        if last == "\\" or last < first:
            raise PatternError(f"`{first}-{last}` is no range")
        return lambda character: first <= character <= last
