"""What figures come to: shares of a hundred, means, and what half of the tickets met; each is worked out once, here."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from portal.board.models import MonthlyReport
from portal.board.queries.figures import NONE, Sum, Sums
from portal.board.queries.lengths import half_within

_WHOLES: Mapping[str, str] = {"first_contact": "resolved", "reopened": "resolved", "repeat": "opened"}
"""Of what each of these is a share."""
_MEANS = ("stars", "mood")


class Unit(StrEnum):
    """What a value is counted in."""

    PERCENT = "percent"
    MEAN = "mean"
    POINTS = "points"
    """From -100 to 100: how many more of a hundred recommend us than advise against."""
    MINUTES = "minutes"
    """Within which half of them lie."""


class Value(NamedTuple):
    """What a figure comes to, rounded as it is shown."""

    amount: float
    unit: Unit


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


def rate_of(sums: Sums, measure: str, whole: str) -> float:
    """Return how many of a hundred of a whole are also something else: of what was solved, what was opened again."""
    return share(sums.get(measure, NONE).number, sums.get(whole, NONE).number)


def half_within_of(sums: Sums, measure: str) -> int | None:
    """Return the minutes within which half of a figure's lengths lie; None where there are none."""
    return half_within({name: each.number for name, each in sums.items()}, measure)


def value_of(sums: Sums, measure: str) -> Value | None:
    """Return what a figure comes to beside its number; None where there is nothing to say."""
    if measure in _MEANS:
        mean = sums.get(measure, NONE).mean
        return None if mean is None else Value(round(mean, 1), Unit.MEAN)
    if measure == "recommend":
        return _rounded(nps(sums), Unit.POINTS)
    if measure == "kept":
        return _rounded(kept_share(sums), Unit.PERCENT)
    if measure == "deflected":
        return _rounded(deflected_share(sums), Unit.PERCENT)
    if measure in _WHOLES:
        whole = _WHOLES[measure]
        return _rounded(rate_of(sums, measure, whole), Unit.PERCENT) if sums.get(whole, NONE).number else None
    return _rounded(half_within_of(sums, measure), Unit.MINUTES)


def _rounded(amount: float | None, unit: Unit) -> Value | None:
    return None if amount is None else Value(round(amount), unit)


def sums_of(report: MonthlyReport, when: str) -> dict[str, Sum]:
    """Return the figures of a report: those of its month, ``now``, or those of the month ``before``."""
    return {measure: Sum(*each) for measure, each in report.figures[when].items()}
