"""What comes before what, however it is written."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.versions import Version, compare, parse

ASCENDING = [
    "1.0.0-dev",
    "1.0.0-alpha",
    "1.0.0-alpha.1",
    "1.0.0-alpha.beta",
    "1.0.0-beta",
    "1.0.0-beta.2",
    "1.0.0-beta.11",
    "1.0.0-rc.1",
    "1.0.0",
    "1.0.0 build 7",
    "1.0.0a",
    "1.0.0k",
    "1.0.0 patch 2",
    "1.0.0 SP1",
    "1.0.0 SP1 HF2",
    "1.0.0 SP2",
    "1.0.1",
    "1.2",
    "1.10",
    "5.6.3-rc1",
    "V5.6.3",
    "2023-12-31",
    "20240315",
]
# A reader of ranges calls these the same.
SAME = [
    ("V4.3.8", "4.3.8"),
    ("Ver. 5.2", "5.2"),
    ("版本：5.2", "5.2"),
    ("５．６．３", "5.6.3"),
    ("5。6。3", "5.6.3"),
    ("5.6", "5.6.0.0"),
    ("5.6.3+build.7", "5.6.3"),
    ("5.6.3.RELEASE", "5.6.3"),
    ("5.6.3 (64-bit)", "5.6.3"),
    ("5.6.3-linux-x64", "5.6.3"),
    ("5.6.3rc1", "5.6.3-RC.1"),
    ("5.6 beta 2", "5.6b2"),
    ("2024年3月15日", "20240315"),
    ("2024-03-15", "2024.3.15"),
    (" 5.6 SP 1 ", "5.6_SP1"),
]
NO_VERSIONS = [
    "",
    " ",
    "5.x",
    "latest",
    "unknown",
    "5.0-5.6.2",
    "5.0 to 5.6",
    "<5.6",
    "abc",
    "5.6-custom",
    "-",
    ".",
    "1" * 40,
    "5.6\n5.7",
    "五",
]

SOME = st.builds(
    lambda prefix, numbers, tail: prefix + ".".join(map(str, numbers)) + tail,
    st.sampled_from(["", "V", "v ", "Version "]),
    st.lists(st.integers(0, 40), min_size=1, max_size=4),
    st.sampled_from(
        [
            "",
            "-rc1",
            "-rc2",
            "a",
            "b",
            "b1",
            " SP1",
            " SP2",
            "-7",
            " build 9",
            "+x",
            "-SNAPSHOT",
            "-0",
            " patch 1",
            "_2024",
        ]
    ),
)


@pytest.mark.parametrize(("first", "second"), list(pairwise(ASCENDING)))
def test_the_earlier_comes_first(first: str, second: str) -> None:
    assert (compare(first, second), compare(second, first)) == (-1, 1)


@pytest.mark.parametrize(("first", "second"), SAME)
def test_another_way_of_writing_is_the_same_version(first: str, second: str) -> None:
    assert compare(first, second) == 0


@pytest.mark.parametrize("text", NO_VERSIONS)
def test_what_is_no_version_has_no_place_in_the_order(text: str) -> None:
    assert parse(text) is None
    assert compare(text, "5.6") is None
    assert compare("5.6", text) is None


def test_a_build_number_belongs_to_its_release() -> None:
    version = parse("5.6.3 build 200")
    assert version is not None
    assert version.has_build
    assert version.release == read("5.6.3").release


def read(text: str) -> Version:
    version = parse(text)
    assert version is not None, text
    return version


@given(SOME, SOME)
def test_the_order_looks_the_same_from_both_sides(first: str, second: str) -> None:
    there, back = compare(first, second), compare(second, first)
    assert there is not None
    assert back == -there


@given(SOME, SOME, SOME)
def test_the_order_is_total(first: str, second: str, third: str) -> None:
    low, middle, high = sorted(map(read, (first, second, third)))
    assert low <= middle <= high
    assert low <= high


@given(SOME)
def test_a_version_reads_back_from_its_own_text(text: str) -> None:
    assert read(str(read(text))) == read(text)


@given(SOME, SOME)
def test_equal_versions_hash_alike(first: str, second: str) -> None:
    if read(first) == read(second):
        assert hash(read(first)) == hash(read(second))


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=150))
def test_any_text_is_a_version_or_none(text: str) -> None:
    assert parse(text) is None or compare(text, text) == 0
