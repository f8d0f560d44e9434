"""What is different in a notice since somebody read it."""

from dataclasses import replace
from datetime import date

import pytest

from portal.notices.queries.difference import Part, Reading, Sort, changes, difference
from tests.portal.notices.cast import HIS, WORDS


def shown(before: str, after: str) -> str:
    marks = {Sort.SAME: "{}", Sort.ADDED: "[+{}]", Sort.REMOVED: "[-{}]"}
    return "".join(marks[each.sort].format(each.text) for each in difference(before, after))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("Make a backup.", "Make two backups.", "Make [-a backup][+two backups]."),
        ("请做一次备份。", "请做两次备份。", "请做[-一][+两]次备份。"),
        ("检查服务器", "检查备用服务器", "检查[+备用]服务器"),
        ("版本 5.6.2 起", "版本 5.6.3 起", "版本 [-5.6.2][+5.6.3] 起"),
        ("按 {key:F7} 键", "按 {key:F8} 键", "按 [-{key:F7}][+{key:F8}] 键"),
        ("", "New", "[+New]"),
        ("Old", "", "[-Old]"),
        ("Same", "Same", "Same"),
        ("", "", ""),
    ],
)
def test_what_came_and_went_is_told_word_by_word_and_sign_by_sign(before: str, after: str, said: str) -> None:
    assert shown(before, after) == said


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("停电时请关机，再拨打电话", "雷雨时请先拔插头，再拨打值班电话"),
        ("a b c d e f", "a x c y e z"),
        ("一" * 5000, "二"),
    ],
)
def test_both_texts_can_be_read_from_the_pieces(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert "".join(each.text for each in pieces if each.sort is not Sort.ADDED) == before
    assert "".join(each.text for each in pieces if each.sort is not Sort.REMOVED) == after


def test_only_the_parts_that_changed_are_shown_in_the_order_of_reading() -> None:
    before = Reading("Rain", WORDS, date(2026, 4, 30), [HIS], "en")
    words = replace(WORDS, do="Make two backups.", steps=(*WORDS.steps, replace(WORDS.steps[0], do="Look again.")))
    after = Reading("Rain", words, date(2026, 5, 15), [replace(HIS, range="5.0 至 5.7")], "en")
    found = changes(before, after)
    assert [each.part for each in found] == [Part.ACT_BY, Part.DO, Part.STEPS, Part.PRODUCTS]
    assert changes(before, before) == []
