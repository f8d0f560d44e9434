"""Numbers are understood however they were typed."""

import pytest

from portal.core.references import as_written, folded


@pytest.mark.parametrize(
    "typed",
    [
        "T-2026-000002",
        " t-2026-000002 ",
        "t－2026－000002",
        "Ｔ—２０２６—０００００２",
        "T–2026‑000002",
        "T − 2026 − 000002",
    ],
)
def test_a_number_is_read_however_it_was_typed(typed: str) -> None:
    assert as_written(typed) == "T-2026-000002"


def test_several_numbers_stay_apart() -> None:
    assert folded("1. t－2026－000001\n2. T-2026-000002") == "1. T-2026-000001\n2. T-2026-000002"


def test_nothing_is_nothing() -> None:
    assert as_written(None) == ""
