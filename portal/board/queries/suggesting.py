"""What stands out in the figures, by rule: what got worse, and words that have become frequent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.board.queries.figures import EVERYTHING, NONE, Scope, Sums
from portal.board.queries.values import half_within_of, kept_share, rate_of

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


def suggestions(now: Sums, before: Sums, words: Sequence[Suggestion]) -> list[Suggestion]:
    """Return what got worse from some weeks to the next, and the words that have become frequent."""
    return [*_worse(now, before), *words]


def _worse(now: Sums, before: Sums) -> Iterator[Suggestion]:
    kept, was = kept_share(now), kept_share(before)
    fell_due = now.get("kept", NONE).number + now.get("missed", NONE).number
    if kept is not None and was is not None and fell_due >= ENOUGH and was - kept >= _FALL:
        yield Suggestion("kept", was, kept)
    for measure, whole in (("reopened", "resolved"), ("repeat", "opened")):
        rate, earlier = rate_of(now, measure, whole), rate_of(before, measure, whole)
        if now.get(whole, NONE).number >= ENOUGH and rate - earlier >= RISE:
            yield Suggestion(measure, earlier, rate)
    reply, slower = half_within_of(before, "first_reply"), half_within_of(now, "first_reply")
    if reply and slower and now["first_reply"].number >= ENOUGH and slower >= TIMES * reply:
        yield Suggestion("first_reply", reply, slower)
