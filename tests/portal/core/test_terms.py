"""Words made comparable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.terms import MOST_TYPED, MOST_WORDS, terms_of, words_of


@pytest.mark.parametrize(
    ("text", "same"),
    [("ＨＩＳ　３．１", "his 3.1"), ("列印資料", "列印资料"), ("ORD-1407", "ord 1407"), ("ﬁle", "file"), ("①", "1")],
)
def test_the_same_word_has_the_same_terms(text: str, same: str) -> None:
    assert terms_of(text) == terms_of(same)


def test_chinese_is_taken_apart_into_characters_and_pairs() -> None:
    assert set(terms_of("医保，结算")) == {"医", "保", "医保", "结", "算", "结算"}


def test_the_beginning_of_a_latin_word_is_enough_and_of_a_number_is_not() -> None:
    assert {"pri", "print", "printing"} <= set(terms_of("printing"))
    assert terms_of("00942") == ["00942"]


def test_each_word_of_a_search_is_what_stands_together() -> None:
    assert words_of("HIS系统 打印 x！ ！") == [("his", "系统"), ("打印",), ("x",)]


def test_a_long_search_is_cut() -> None:
    assert len(words_of("a b " * 5_000)) == MOST_WORDS
    assert words_of(" " * MOST_TYPED + "word") == []


@given(st.text(st.characters(), max_size=80))
def test_a_text_is_found_by_what_it_says(text: str) -> None:
    terms = set(terms_of(text))
    assert all(set(word) <= terms for word in words_of(text))
    assert not any(" " in term or '"' in term or "\x00" in term or "¤" in term for term in terms)


@pytest.mark.parametrize("piece", ["汉", "a", "\ud800", "\x00", "ﷺ", "漢字 "])
def test_an_enormous_text_is_no_trouble(piece: str) -> None:
    assert len(terms_of(piece * 100_000)) < 40
    assert len(words_of(piece * 100_000)) <= MOST_WORDS
