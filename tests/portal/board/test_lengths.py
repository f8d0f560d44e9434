"""Half of the lengths says what most met: one that lasted weeks moves nothing."""

import pytest

from portal.board.queries.lengths import UP_TO, counted_as, half_within


def counted(*minutes: int) -> dict[str, int]:
    names = [counted_as("first_reply", each) for each in minutes]
    return {name: names.count(name) for name in names}


@pytest.mark.parametrize(
    ("minutes", "half"),
    [
        ((3,), 5),
        ((5, 5), 5),
        ((6, 100_000), 10),
        ((4, 4, 100_000), 5),
        ((9, 14, 40_000), 15),
        ((10_000_000,), UP_TO[-1]),
    ],
)
def test_half_of_them_lie_within_what_is_said(minutes: tuple[int, ...], half: int) -> None:
    assert half_within(counted(*minutes), "first_reply") == half


def test_without_any_nothing_is_said() -> None:
    assert half_within({}, "first_reply") is None
    assert half_within(counted(5), "stage:working") is None


def test_every_length_has_a_name_that_a_row_can_hold() -> None:
    assert list(UP_TO) == sorted(set(UP_TO))
    assert max(len(counted_as("stage:received", each)) for each in UP_TO) <= 30
