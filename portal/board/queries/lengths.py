"""Lengths of time are counted by how long they were at most: a mean would be moved by a single ticket."""

from collections.abc import Mapping

_DAY = 1440
UP_TO: tuple[int, ...] = (
    *range(5, 61, 5),
    75, 90, 105, 120, 150, 180, 240, 300, 360, 420, 480, 600, 720, 900, 1080,
    *(days * _DAY for days in (1, 2, 3, 4, 5, 6, 7, 10, 14, 21, 30, 45, 60, 90, 120, 180, 270, 365, 730, 3650)),
)  # fmt: skip
"""Minutes: each length counts under the first of these that it doesn't pass."""


def counted_up(measure: str) -> str:
    """Return how the names of a figure's counted lengths begin."""
    return f"{measure}<"


def counted_as(measure: str, minutes: int) -> str:
    """Return under which name a length counts, beside the figure itself."""
    longest = next((each for each in UP_TO if minutes <= each), UP_TO[-1])
    return f"{counted_up(measure)}{longest}"


def half_within(numbers: Mapping[str, int], measure: str) -> int | None:
    """Return the minutes within which half of a figure's lengths lie; None where none was counted.

    It is the end of the stretch in which the middle one lies, so what is said of half of them is true.
    """
    counted = [(each, numbers.get(f"{counted_up(measure)}{each}", 0)) for each in UP_TO]
    left = sum(number for _, number in counted) / 2
    if not left:
        return None
    for minutes, number in counted:
        left -= number
        if left <= 0:
            return minutes
    return None
