"""The words that customers use, as they are kept by scope and week: the most frequent, and those that became so."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session

from portal.board.models import BoardWordUse
from portal.board.queries.figures import SERVED, WEEK, Scope
from portal.board.queries.suggesting import ENOUGH, RISE, TIMES, Suggestion
from portal.board.queries.values import share

_FEWEST = 3
"""So many tickets use a word before it stands out: fewer are a coincidence, and it could be a name."""
_MOST_SHOWN, _MOST_SUGGESTED = 15, 5


@dataclass(frozen=True, slots=True)
class Used:
    """A word, and how many of a hundred tickets use it, now and before."""

    word: str
    now: float
    before: float
    tickets: int


@dataclass(frozen=True, slots=True)
class _Counts:
    """How many tickets use each word of a scope, in some weeks and in as many before; the empty word stands for all."""

    now: dict[str, int]
    before: dict[str, int]

    def used(self, word: str) -> Used:
        """Return how often a word is used."""
        now, before = self.now.get(word, 0), self.before.get(word, 0)
        return Used(word, share(now, self.now.get("", 0)), share(before, self.before.get("", 0)), now)

    def rising(self) -> list[Used]:
        """Return the words that have become frequent, where there were enough tickets then and now to say so."""
        if min(self.now.get("", 0), self.before.get("", 0)) < ENOUGH:
            return []
        used = [self.used(word) for word in self.now if word]
        return [each for each in used if each.tickets >= _FEWEST and _has_risen(each)]


def _has_risen(each: Used) -> bool:
    return each.now - each.before >= RISE and each.now >= TIMES * each.before


def words_used(session: Session, scope: Scope, begin: date, weeks: int) -> list[Used]:
    """Return the words that a scope's customers use most in some weeks, with how often they did in as many before."""
    counts = _together(_counted(session, _is(scope), begin, weeks).values())
    words = sorted((word for word in counts.now if word), key=lambda word: (-counts.now[word], word))
    return [counts.used(word) for word in words if counts.now[word] >= _FEWEST][:_MOST_SHOWN]


def rising_words(session: Session, scope: Scope, begin: date, weeks: int) -> list[Suggestion]:
    """Return the words that have become frequent: from 2 to 9 of a hundred tickets, say, in one of a scope's modules.

    A product whose tickets name no module, an organisation and a team are looked at as a whole.
    """
    found = [
        Suggestion("word", each.before, each.now, each.word, where)
        for where, counts in _counted(session, _is_within(scope), begin, weeks).items()
        for each in counts.rising()
    ]
    in_modules = {(each.word, each.scope.key.partition("/")[0]) for each in found if each.scope.kind == "module"}
    telling = [each for each in found if each.scope.kind != "product" or (each.word, each.scope.key) not in in_modules]
    return sorted(telling, key=lambda each: (each.before - each.now, each.word, each.scope.key))[:_MOST_SUGGESTED]


def _together(parts: Iterable[_Counts]) -> _Counts:
    """Add up what has no ticket in common."""
    now, before = Counter[str](), Counter[str]()
    for each in parts:
        now.update(each.now)
        before.update(each.before)
    return _Counts(now, before)


def _is(scope: Scope) -> ColumnElement[bool]:
    if scope.kind == SERVED:
        return or_(false(), *(_is(each) for each in scope.within))
    return and_(BoardWordUse.scope_kind == scope.kind, BoardWordUse.scope == scope.key)


def _is_within(scope: Scope) -> ColumnElement[bool]:
    kind, key = BoardWordUse.scope_kind, BoardWordUse.scope
    if scope.kind == "all":
        return kind.in_(("module", "product"))
    if scope.kind == SERVED:
        return or_(false(), *(_is_within(each) for each in scope.within))
    if scope.kind == "product":
        return or_(_is(scope), and_(kind == "module", key.startswith(f"{scope.key}/", autoescape=True)))
    return _is(scope)


def _counted(session: Session, which: ColumnElement[bool], begin: date, weeks: int) -> dict[Scope, _Counts]:
    is_now, number = BoardWordUse.week >= begin, func.sum(BoardWordUse.count)
    rows = session.execute(
        select(
            BoardWordUse.scope_kind,
            BoardWordUse.scope,
            BoardWordUse.word,
            func.coalesce(number.filter(is_now), 0),
            func.coalesce(number.filter(~is_now), 0),
        )
        .where(which, BoardWordUse.week >= begin - weeks * WEEK, BoardWordUse.week < begin + weeks * WEEK)
        .group_by(BoardWordUse.scope_kind, BoardWordUse.scope, BoardWordUse.word)
    )
    found: dict[Scope, _Counts] = defaultdict(lambda: _Counts({}, {}))
    for kind, key, word, now, before in rows:
        counts = found[Scope(kind, key)]
        counts.now[word], counts.before[word] = int(now), int(before)
    return found
