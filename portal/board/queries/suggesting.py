"""What stands out in the figures, by rule: what got worse, and words that have become frequent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.board.queries.figures import EVERYTHING, NONE, Scope, Sums
from portal.board.queries.lengths import half_within

ENOUGH = 10
"""Fewer than so many say nothing."""
_FALL, RISE = 10.0, 5.0
"""By so many points of a hundred something gets worse before it is said."""
TIMES = 2.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that stands out; ``kind`` says which words tell it."""

    kind: str
    """``kept``, ``reopened``, ``repeat``, ``first_reply`` or ``word``."""
    before: float
    now: float
    word: str = ""
    scope: Scope = EVERYTHING
    """Where it is said so often."""


def share(part: int, whole: int) -> float:
    """Return how many of a hundred."""
    return 100 * part / whole if whole else 0.0


def kept_share(sums: Sums) -> float | None:
    """Return how many of a hundred promises were kept; None where none fell due."""
    kept, missed = sums.get("kept", NONE).number, sums.get("missed", NONE).number
    return share(kept, kept + missed) if kept + missed else None


def deflected_share(sums: Sums) -> float | None:
    """Return how many of a hundred who came with a problem needed no ticket; None where nobody came."""
    helped, opened = sums.get("deflected", NONE).number, sums.get("opened", NONE).number
    return share(helped, helped + opened) if helped + opened else None


def nps(sums: Sums) -> float | None:
    """Return how many more of a hundred recommend us than advise against; None where nobody was asked."""
    asked = sums.get("recommend", NONE).number
    more = sums.get("promoter", NONE).number - sums.get("detractor", NONE).number
    return 100 * more / asked if asked else None


def suggestions(now: Sums, before: Sums, words: Sequence[Suggestion]) -> list[Suggestion]:
    """Return what got worse from some weeks to the next, and the words that have become frequent."""
    return [*_worse(now, before), *words]


def _worse(now: Sums, before: Sums) -> Iterator[Suggestion]:
    kept, was = kept_share(now), kept_share(before)
    fell_due = now.get("kept", NONE).number + now.get("missed", NONE).number
    if kept is not None and was is not None and fell_due >= ENOUGH and was - kept >= _FALL:
        yield Suggestion("kept", was, kept)
    for measure, whole in (("reopened", "resolved"), ("repeat", "opened")):
        rate, earlier = _rate(now, measure, whole), _rate(before, measure, whole)
        if now.get(whole, NONE).number >= ENOUGH and rate - earlier >= RISE:
            yield Suggestion(measure, earlier, rate)
    reply, slower = half_within_of(before, "first_reply"), half_within_of(now, "first_reply")
    if reply and slower and now["first_reply"].number >= ENOUGH and slower >= TIMES * reply:
        yield Suggestion("first_reply", reply, slower)


def half_within_of(sums: Sums, measure: str) -> int | None:
    """Return the minutes within which half of a figure's lengths lie; None where there are none."""
    return half_within({name: each.number for name, each in sums.items()}, measure)


def _rate(sums: Sums, measure: str, whole: str) -> float:
    return share(sums.get(measure, NONE).number, sums.get(whole, NONE).number)
