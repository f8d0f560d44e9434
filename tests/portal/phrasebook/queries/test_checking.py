"""What in a text a customer would stumble over."""

import pytest

from portal.core.i18n import LOCALES
from portal.phrasebook.queries.checking import (
    MOST_CHARACTERS,
    MOST_WORDS,
    FindingKind,
    fold,
    jargon,
    other_findings,
    pattern_of,
    replaced,
)
from portal.phrasebook.shipped import SHIPPED


def words_of(text: str, terms: dict[str, str]) -> list[tuple[str, str]]:
    found = jargon(text, pattern_of(terms), {fold(term): said for term, said in terms.items()})
    return [(each.found, each.instead) for each in found]


def others(text: str, language: str) -> list[tuple[FindingKind, str, str]]:
    return [(each.kind, each.found, each.instead) for each in other_findings(text, language)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The API timeout is back.", "API timeout"),
        ("Several api timeouts today", "api timeouts"),
        ("接口timeout了", "接口timeout"),
        ("请等接口 TIMEOUT 结束", "接口 TIMEOUT"),
    ],
)
def test_a_term_is_found_however_it_is_written(text: str, found: str) -> None:
    terms = {"API timeout": "a long wait", "接口 timeout": "等了太久"}
    assert [words for words, _ in words_of(text, terms)] == ([found] if found else [])


def test_the_longer_term_is_found_before_the_shorter_in_it() -> None:
    assert words_of("接口超时", {"超时": "太久", "接口超时": "等了太久没有回应"}) == [("接口超时", "等了太久没有回应")]


def test_a_term_inside_another_word_is_none() -> None:
    assert words_of("A rapid dispatch of debugging tools", {"API": "x", "patch": "y", "bug": "z"}) == []


def test_code_addresses_and_keycaps_are_no_prose() -> None:
    text = "See `API` and [the page](https://x.example/API/F7) at https://y.example/API, then {key:F7}."
    assert words_of(text, {"API": "connection"}) == []
    assert others(text, "en") == []


def test_a_bare_key_is_offered_as_a_keycap() -> None:
    assert others("请按F7键，再按 Ctrl", "zh_Hans") == [
        (FindingKind.BARE_KEY, "F7", "{key:F7}"),
        (FindingKind.BARE_KEY, "Ctrl", "{key:Ctrl}"),
    ]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("停电了,数据会丢", "停电了，数据会丢"),
        ("为什么?", "为什么？"),
        ("打开(设置)", "打开（设置）"),
        ("请等一下.", "请等一下。"),
        ('点"保存"', "点「保存」"),
    ],
)
def test_half_width_marks_beside_chinese_are_offered_in_full_width(text: str, whole: str) -> None:
    while found := list(other_findings(text, "zh_Hans")):
        text = replaced(text, found[0])
    assert text == whole


@pytest.mark.parametrize("text", ["版本 5.6.2 于 12:30 发布，共 1,204 人（YB-3021: timeout）", "文件名 a.txt"])
def test_half_width_marks_between_digits_and_latin_letters_stay(text: str) -> None:
    assert others(text, "zh_Hans") == []


def test_english_keeps_its_own_marks() -> None:
    assert others("Wait, then call us (now).", "en") == []


def test_a_sentence_as_long_as_people_read_is_let_through() -> None:
    assert others("字" * MOST_CHARACTERS + "。" + "字" * MOST_CHARACTERS, "zh_Hans") == []
    assert others("word " * MOST_WORDS + "." + " word" * MOST_WORDS, "en") == []


@pytest.mark.parametrize(
    ("text", "language"), [("字" * (MOST_CHARACTERS + 1), "zh_Hant"), ("word " * (MOST_WORDS + 1), "en")]
)
def test_a_longer_sentence_is_found_and_nothing_is_offered_for_it(text: str, language: str) -> None:
    assert [(kind, instead) for kind, _, instead in others(text, language)] == [(FindingKind.TOO_LONG, "")]


@pytest.mark.parametrize("language", LOCALES)
def test_the_words_that_are_offered_are_themselves_plain(language: str) -> None:
    terms = dict(SHIPPED[language])
    assert len(terms) >= 20
    assert {said: words_of(said, terms) for said in terms.values() if words_of(said, terms)} == {}


def test_ten_thousand_characters_are_looked_at_at_once() -> None:
    text = "接口超时,F7" * 1500
    assert len(list(other_findings(text, "zh_Hans"))) >= 1500
