import time

import pytest

from intake.loading.tree import Report, parse


def first_finding(text: bytes | str) -> tuple[str, int, int]:
    report = Report("x.yaml")
    parse(text, report)
    found = report.findings[0]
    return found.code, found.line, found.column


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\na: 2\n", ("E001", 2, 1)),
        ("a:\n  b: 1\n  c: 2\n  b: 3\n", ("E001", 4, 3)),
        ("a: !!str 1\n", ("E002", 1, 4)),
        ("a: &x 1\n", ("E002", 1, 4)),
        ("a: &x {b: 1}\nc: *x\n", ("E002", 1, 4)),
        ("a: no\n", ("E003", 1, 4)),
        ("a: Yes\n", ("E003", 1, 4)),
        ("a: off\n", ("E003", 1, 4)),
        ("a: 3.10\n", ("E003", 1, 4)),
        ("a: 12:30\n", ("E003", 1, 4)),
        ("a: 0123\n", ("E003", 1, 4)),
        ("a: 0x1f\n", ("E003", 1, 4)),
        ("a: 1_000\n", ("E003", 1, 4)),
        ("a: +1\n", ("E003", 1, 4)),
        ("a: 1e3\n", ("E003", 1, 4)),
        ("a: .inf\n", ("E003", 1, 4)),
        ("a: 2026-01-01\n", ("E003", 1, 4)),
        ("a: NULL\n", ("E003", 1, 4)),
        ("a: True\n", ("E003", 1, 4)),
        ("<<: {a: 1}\n", ("E003", 1, 1)),
        ("1: a\n", ("E003", 1, 1)),
        ("no: a\n", ("E003", 1, 1)),
        ("? [a]\n: b\n", ("E003", 1, 3)),
        ("a: [1\n", ("E008", 2, 1)),
        ("a: 'x\n", ("E008", 2, 1)),
        ("\ta: 1\n", ("E008", 1, 1)),
        ("a: 1\n---\nb: 2\n", ("E008", 2, 1)),
        ("", ("E008", 1, 1)),
        (b"a: 1\nb: \xff\n", ("E008", 2, 4)),
        ("a: " + "[" * 40 + "]" * 40, ("E007", 1, 35)),
        ("a: " + "9" * 5000, ("E003", 1, 4)),
    ],
)
def test_it_refuses_with_the_place(text: bytes | str, expected: tuple[str, int, int]) -> None:
    assert first_finding(text) == expected


def test_it_reads_words_whole_numbers_truth_and_nothing() -> None:
    report = Report("x.yaml")
    root = parse('a: word\nb: -12\nc: true\nd: null\ne: "no"\nf: [x, {g: 0}]\nh: "3.10"\ni:\n', report)
    assert root is not None
    assert report.findings == []
    assert root.plain() == {
        "a": "word", "b": -12, "c": True, "d": None, "e": "no", "f": ["x", {"g": 0}], "h": "3.10", "i": None,
    }  # fmt: skip


def test_it_refuses_a_file_that_is_too_large() -> None:
    assert first_finding("a: " + "x" * (257 * 1024))[0] == "E006"


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 60_000, "- " * 100_000, "!" * 200_000, "&a " * 80_000])
def test_it_answers_in_under_a_second_whatever_is_nested(text: str) -> None:
    before = time.perf_counter()
    assert first_finding(text)[0].startswith("E0")
    assert time.perf_counter() - before < 1
