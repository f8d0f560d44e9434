import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import patterns


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+", "(a*)*b", "(?:x|y+)*", "(a?){20}", "a**", "(a)\\1", "(?=a)", "(?P<n>a)", "[a", "(a", "a)", "*a", "a{3,1}",
     "a{999}", "\\b", "a^b", "[z-a]", "(" * 40 + ")" * 40, "(a{150}){150}"],
)  # fmt: skip
def test_it_refuses_what_could_take_long(pattern: str) -> None:
    assert patterns.fault_of(pattern)


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("[A-Z]{2}-\\d+", "AB-123", True),
        ("[A-Z]{2}-\\d+", "AB-", False),
        ("T-\\d{4}-\\d{6}", "T-2026-000123", True),
        ("^abc$", "abc", True),
        ("a|b|cd", "cd", True),
        ("(?:ab)?c", "c", True),
        ("[^0-9]+", "ab1", False),
        ("[-a]+", "-a-", True),
        ("[\\d.]+", "1.2", True),
        ("a{2,3}", "aaaa", False),
        ("a{2,}", "aaaa", True),
        ("a\\.b", "axb", False),
        ("医保\\d*", "医保12", True),
        ("", "", True),
    ],
)
def test_it_matches_whole_texts(pattern: str, text: str, expected: bool) -> None:
    assert patterns.fault_of(pattern) is None
    assert patterns.matches(pattern, text) is expected


pieces = st.sampled_from(["a", "b", "[ab]", "a?", "b*", "a+", "(?:ab|b)", "(a|b)?", "a{1,2}", "."])


@given(st.lists(pieces, max_size=6).map("".join), st.text("ab", max_size=8))
def test_it_agrees_with_the_standard_library(pattern: str, text: str) -> None:
    assert patterns.matches(pattern, text) == (re.fullmatch(pattern, text) is not None)


def test_hostile_patterns_that_are_taken_stay_linear() -> None:
    before = time.perf_counter()
    assert not patterns.matches("a?" * 30 + "a" * 30, "a" * 29)
    assert not patterns.matches(".*.*.*.*=", "x" * 2000)
    assert time.perf_counter() - before < 1
