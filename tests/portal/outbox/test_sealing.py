"""A secret in a row is unreadable without the portal's key."""

import pytest

from portal.outbox.sealing import SealBrokenError, seal, unseal

KEY = "for-tests-only-" * 4


def test_it_comes_back_as_it_was() -> None:
    assert unseal(seal("847 201", KEY), KEY) == "847 201"


def test_it_can_not_be_read_in_the_row() -> None:
    assert b"847" not in seal("847 201", KEY)


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(SealBrokenError):
        unseal(seal("847 201", KEY), KEY + "other")
