"""Whether a published range means an installed version; in doubt a person looks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.versions import Verdict, VersionRange, check, parse, parse_range

CASES = [
    ("<5.6.3", "5.6.2", "affected"),
    ("<5.6.3", "5.6.3", "not affected"),
    ("<5.6.3", "5.6.3-rc1", "affected"),
    (">=5.0, <=5.6.2", "5.6.2", "affected"),
    (">=5.0, <=5.6.2", "5.6.3", "not affected"),
    ("5.0 to 5.6.2", "5.1", "affected"),
    ("5.0 至 5.6.2", "5.6.3", "not affected"),
    ("5.0至5.6.2", "5.6.2", "affected"),
    ("5.0-5.6.2", "5.5", "affected"),
    ("5.0 - 5.6.2", "5.5", "affected"),
    ("5.0~5.6.2", "5.5", "affected"),
    ("5.0～5.6.2", "5.7", "not affected"),
    ("5.x", "5.9", "affected"),
    ("5.x", "6.0-rc1", "not affected"),
    ("5.x", "5.0-rc1", "affected"),
    ("<= V4.3.8", "4.3.8", "affected"),
    ("all versions", "1", "affected"),
    ("全部版本", "1", "affected"),
    ("All versions < V17 Update 8", "V17 Update 7", "affected"),
    ("All versions < V17_SP1", "V17", "affected"),
    ("prior to 5.2", "5.1", "affected"),
    ("versions prior to V2.0", "2.0", "not affected"),
    ("5.2 and later", "6", "affected"),
    ("5.2 and earlier", "5.2", "affected"),
    ("5.2及以上版本", "5.3", "affected"),
    ("5.2 及更早版本", "5.3", "not affected"),
    ("5.6.3之前版本", "5.6.3", "not affected"),
    ("5.6.3 之前的版本", "5.6.2", "affected"),
    ("[1.0,2.0)", "2.0", "not affected"),
    ("[1.0,2.0)", "1.0", "affected"),
    ("(,1.0],[1.2,)", "1.1", "not affected"),
    ("(,1.0],[1.2,)", "1.3", "affected"),
    ("[1.5]", "1.5", "affected"),
    ("~=1.4.2", "1.4.9", "affected"),
    ("~=1.4.2", "1.5", "not affected"),
    ("^1.2.3", "1.9", "affected"),
    ("^0.2.3", "0.3", "not affected"),
    ("~1.2", "1.2.9", "affected"),
    ("~1.2", "1.3", "not affected"),
    ("5.1, 5.3, 5.5.x", "5.5.2", "affected"),
    ("5.1、5.3", "5.2", "not affected"),
    ("5.0.x before 5.0.8, 5.1.x before 5.1.3", "5.1.2", "affected"),
    ("5.0.x before 5.0.8, 5.1.x before 5.1.3", "5.0.8", "not affected"),
    ("5.0 <= version < 5.6", "5.6", "not affected"),
    ("5.0 <= version < 5.6", "5.5", "affected"),
    ("from 5.0 up to (excluding) 5.6", "5.6", "not affected"),
    ("5.0（含）至 5.6.3（不含）", "5.6.3", "not affected"),
    ("5.0（含）至 5.6.3（不含）", "5.0", "affected"),
    ("从 5.0 到 5.6", "5.6", "affected"),
    ("between 5.0 and 5.6", "5.6", "affected"),
    ("vers:all/<V4.3.8", "4.3.7", "affected"),
    ("vers:generic/>=1|<2", "1.5", "affected"),
    ("vers:all/*", "1", "affected"),
    ("vers:npm/1.2.3", "2.0", "not affected"),
    ("all versions except 5.2", "5.2", "not affected"),
    ("all versions except 5.2", "5.3", "affected"),
    ("!=5.2", "5.2", "not affected"),
    ("* ", "3", "affected"),
    ("5.0+", "5.1", "affected"),
    (">5.0", "5.0 build 7", "not affected"),
    ("<5.6.3 build 200", "5.6.3", "please check"),
    ("<5.6.3 build 200", "5.6.3 build 100", "affected"),
    ("<=5.6.3", "5.6.3 build 9", "affected"),
    ("unknown", "5", "please check"),
    ("<5", "unknown", "please check"),
    ("Windows 10 before 5.2", "5", "please check"),
    ("<2024-03-15", "2024-03-14", "affected"),
    ("＜５．６．３", "５．６．２", "affected"),
    ("<5.2 || >=6.0, <6.1", "6.0.5", "affected"),
    ("<5.2 || >=6.0, <6.1", "5.5", "not affected"),
    (">=5.0 <5.3", "5.3", "not affected"),
    ("5.0以下", "5.0", "affected"),
    ("小于5.2", "5.1", "affected"),
    ("低于 V5.2 的版本", "5.1", "affected"),
    ("5.0 or later", "5.1", "affected"),
    (">= 5.6, < 5.0", "5.3", "not affected"),
    ("5.6 to 5.0", "5.3", "please check"),
    ("5.6.3 及以下", "5.6", "affected"),
    ("<V2022.01 SP2", "2022.1 SP1", "affected"),
    ("7.1.1-42962", "7.1.1-42962", "affected"),
    ("5.0, 5.1 and 5.2", "5.2", "affected"),
    ("versions 5.0 through 5.6", "5.6", "affected"),
    ("Up to 5.6", "5.6", "affected"),
]
UNREADABLE = [
    "",
    " ",
    "unknown",
    "see the advisory",
    "< x.y",
    "5.0 to",
    "to 5.6",
    "- 5.6",
    "between 5.0",
    "<",
    "[1.0,2.0",
    "<5.2 不受影响",
    "Windows 10 before 5.2",
    "5.6 to 5.0",
    "[2.0,1.0]",
    "vers:",
    ",1.0],[1.2,)",
    "(,1.0]],[1.2,)",
    "[1. 0,2.0)",
    "1..2",
    "<5.0 with module X only",
    "<<5",
    "9" * 5_000,
    "1.0, " * 2_001,
]
VERSION = st.builds(
    lambda numbers, tail: ".".join(map(str, numbers)) + tail,
    st.lists(st.integers(0, 12), min_size=1, max_size=3),
    st.sampled_from(["", "", "", "-rc1", " SP1", " build 9", "b", "-7"]),
)
PLAIN = st.lists(st.integers(0, 12), min_size=1, max_size=3).map(lambda numbers: ".".join(map(str, numbers)))
ONE = st.one_of(
    st.builds(
        lambda operator, version: f"{operator}{version}",
        st.sampled_from(["<", "<=", ">", ">=", "=", "", "!="]),
        VERSION,
    ),
    st.builds(lambda operator, version: f"{operator}{version}", st.sampled_from(["^", "~", "~="]), PLAIN),
    st.builds(lambda first, second: f">={first}, <{second}", VERSION, VERSION),
    st.builds(
        lambda first, word, second: f"{first}{word}{second}", PLAIN, st.sampled_from([" to ", " 至 ", "~", "-"]), PLAIN
    ),
    st.builds(
        lambda version, word: f"{version}{word}", VERSION, st.sampled_from([" and later", " 及以上", " 之前", "+"])
    ),
    PLAIN.map(lambda version: f"{version}.x"),
    st.just("all versions"),
)
RANGE = st.lists(ONE, min_size=1, max_size=4).map(" or ".join)


@pytest.mark.parametrize(("published", "installed", "verdict"), CASES)
def test_a_range_is_understood_as_people_mean_it(published: str, installed: str, verdict: str) -> None:
    assert check(published, installed) == verdict


@pytest.mark.parametrize(("published", "installed", "verdict"), CASES)
def test_how_it_was_understood_reads_back_to_the_same_range(published: str, installed: str, verdict: str) -> None:
    understood = parse_range(published)
    if understood is not None:
        assert understood.text == published
        assert read(understood.as_text()).spans == understood.spans
        assert check(understood.as_text(), installed) == verdict


@pytest.mark.parametrize("published", UNREADABLE)
def test_a_range_that_cannot_be_read_is_for_a_person(published: str) -> None:
    assert parse_range(published) is None
    assert check(published, "5.6.3") is Verdict.PLEASE_CHECK


@pytest.mark.parametrize("installed", [None, "", "unknown", "5.x"])
def test_an_unknown_version_is_for_a_person(installed: str | None) -> None:
    assert check("all versions", installed) is Verdict.PLEASE_CHECK


@pytest.mark.parametrize(
    ("published", "understood"),
    [
        ("<= V4.3.8", "<=4.3.8"),
        ("5.0（含）至 5.6.3（不含）", ">=5.0, <5.6.3"),
        ("5.x", "5.x"),
        ("^1.2.3", ">=1.2.3, <=1.x"),
        ("(,1.0],[1.2,)", "<=1.0 or >=1.2"),
        ("全部版本", "all versions"),
        ("5.1、5.3", "=5.1 or =5.3"),
        ("all versions except 5.2", "<5.2 or >5.2"),
    ],
)
def test_it_says_how_it_understood_a_range(published: str, understood: str) -> None:
    assert read(published).as_text() == understood


def read(text: str) -> VersionRange:
    understood = parse_range(text)
    assert understood is not None, text
    return understood


@given(RANGE, VERSION)
def test_containing_and_checking_agree(published: str, installed: str) -> None:
    understood, version = parse_range(published), parse(installed)
    assert version is not None
    verdict = check(published, installed)
    if understood is None:
        assert verdict is Verdict.PLEASE_CHECK
    else:
        assert (verdict is Verdict.AFFECTED) == understood.contains(version)


@given(RANGE)
def test_every_understood_range_reads_back(published: str) -> None:
    understood = parse_range(published)
    if understood is not None:
        assert read(understood.as_text()).spans == understood.spans


@given(VERSION, VERSION)
def test_below_and_from_part_the_world_in_two(edge: str, installed: str) -> None:
    verdicts = {check(f"<{edge}", installed), check(f">={edge}", installed)}
    assert verdicts in ({Verdict.AFFECTED, Verdict.NOT_AFFECTED}, {Verdict.PLEASE_CHECK})


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=200))
def test_any_text_is_a_range_or_for_a_person(text: str) -> None:
    if parse_range(text) is None:
        assert check(text, "5.6") is Verdict.PLEASE_CHECK


@given(
    st.lists(
        st.sampled_from(
            [
                "<",
                ">=",
                "5.0",
                "5.x",
                "to",
                "至",
                ",",
                "[",
                ")",
                "and later",
                "or",
                "v",
                "build 7",
                "~",
                "-",
                "(含)",
                "vers:a/",
            ]
        ),
        max_size=12,
    )
)
def test_any_words_in_any_order_are_answered(words: list[str]) -> None:
    assert check(" ".join(words), "5.0") in set(Verdict)
