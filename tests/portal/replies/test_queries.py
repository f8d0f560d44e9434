"""Saved replies are filled in and found in the reader's language."""

from uuid import UUID

import pytest

from portal.replies.queries import Reply, filled, unknown_places

HELLO = {"en": "Hello {contact}", "zh_Hans": "{contact}，您好"}


@pytest.mark.parametrize(
    ("texts", "locale", "found"),
    [
        (HELLO, "zh_Hans", ("{contact}，您好", "zh_Hans")),
        (HELLO, "zh_Hant", ("Hello {contact}", "en")),
        ({"zh_Hant": "您好"}, "zh_Hans", ("您好", "zh_Hant")),
    ],
)
def test_it_reads_in_the_readers_language_or_in_one_there_is(
    texts: dict[str, str], locale: str, found: tuple[str, str]
) -> None:
    assert Reply(UUID(int=1), "Hello", texts).in_language(locale) == found


def test_places_are_filled_in_and_an_empty_one_is_left_to_be_noticed() -> None:
    assert filled("{contact}: {reference}, press {key:F7}", {"contact": "Tang", "reference": ""}) == (
        "Tang: {reference}, press {key:F7}"
    )


def test_a_place_that_nobody_knows_is_named() -> None:
    assert unknown_places("{contact} {name} {key:F7}") == ["name"]
