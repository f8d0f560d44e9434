"""Chinese is taken apart into the words that a reader would name, and nobody's name is among them."""

from pathlib import Path

import pytest

from portal.core.segmentation import LONGEST, Segmenter

LABELLED = Path(__file__).with_name("labelled_words.txt")


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter()


def labelled(half: str) -> list[tuple[str, set[str]]]:
    """Return one half of the texts, with the words that somebody found in each."""
    _, _, rest = LABELLED.read_text(encoding="utf-8").partition(f"# == {half}: ")
    lines = [line for line in rest.partition("\n# == ")[0].splitlines()[1:] if line]
    return [(text, set(words.split())) for text, _, words in (line.partition("\t") for line in lines)]


@pytest.mark.parametrize(("half", "precision", "recall"), [("seen", 0.93, 0.91), ("held out", 0.85, 0.84)])
def test_it_finds_the_words_that_a_reader_finds(
    segmenter: Segmenter, half: str, precision: float, recall: float
) -> None:
    rows = labelled(half)
    assert len(rows) >= 28
    found = [(set(segmenter.words(text)), words) for text, words in rows]
    both = sum(len(ours & theirs) for ours, theirs in found)
    assert both / sum(len(ours) for ours, _ in found) >= precision
    assert both / sum(len(theirs) for _, theirs in found) >= recall


def test_a_word_never_ends_in_the_middle_of_another(segmenter: Segmenter) -> None:
    assert segmenter.words("YB-3021 医保结算超时") == ["YB-3021", "医保", "结算", "超时"]


def test_both_scripts_and_both_widths_give_the_same_words(segmenter: Segmenter) -> None:
    assert segmenter.words("護士站轉科辦理太複雜") == segmenter.words("护士站转科办理太复杂")
    assert segmenter.words("ＰＡＣＳ　白屏") == ["pacs", "白屏"]


def test_nobodys_name_and_no_address_is_a_word(segmenter: Segmenter) -> None:
    assert segmenter.words("林小燕护士长说转科太复杂，欧阳修也这么说") == ["护士长", "转科", "复杂"]
    assert segmenter.words("Mail tang.xiuying@hospital.example or https://his.example/orders") == ["mail"]


def test_an_address_is_left_out_wherever_it_stands(segmenter: Segmenter) -> None:
    assert segmenter.words("白屏https://his.example/orders 闪退,tang@hospital.example 卡顿") == ["卡顿"]
    assert segmenter.words("卡顿：https://his.example/orders") == ["卡顿"]


def test_a_long_text_without_a_space_is_no_word(segmenter: Segmenter) -> None:
    assert segmenter.words(f"Label {'a' * 19_000} orders") == ["label", "orders"]


def test_single_characters_and_words_that_join_are_left_out(segmenter: Segmenter) -> None:
    assert segmenter.words("我们的这个怎么办") == []
    assert segmenter.words(f"The label, and {'x' * (LONGEST + 1)}, a b") == ["label"]


def test_it_knows_the_names_it_is_given() -> None:
    assert "开医嘱" not in Segmenter().words("开医嘱时列表打不开")
    assert Segmenter(["開醫囑"]).words("开医嘱时列表打不开") == ["开医嘱", "列表", "打不开"]
