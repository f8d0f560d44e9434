"""The phrasebook as it is now."""

import pytest
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.i18n import LOCALES
from portal.phrasebook import services
from portal.phrasebook.queries import check, entries, phrasebook, terms
from portal.phrasebook.shipped import SHIPPED


def test_what_came_with_the_portal_is_there_before_anybody_writes_an_entry(session: Session) -> None:
    assert {each.term for each in entries(session, "zh_Hans")} == set(SHIPPED["zh_Hans"])
    assert all(each.is_shipped for each in entries(session, "zh_Hans"))


def test_an_entry_of_the_desk_takes_the_place_of_the_one_that_came_along(session: Session) -> None:
    services.keep(session, "en", term="api", sentence="the line between the programs", at=clock.now())
    found = [each for each in entries(session, "en") if each.term.lower() == "api"]
    assert [(each.sentence, each.is_shipped) for each in found] == [("the line between the programs", False)]


def test_a_text_is_checked_with_the_terms_of_its_own_language(session: Session) -> None:
    services.keep(session, "en", term="flux", sentence="change", at=clock.now())
    assert [each.instead for each in check(session, "There is flux.", "en")] == ["change"]
    assert check(session, "我们会处理 flux。", "zh_Hans") == []


@pytest.mark.parametrize("reader", LOCALES)
def test_a_draft_is_checked_in_the_language_it_is_written_in_whoever_reads_it(session: Session, reader: str) -> None:
    for draft, term, instead in (
        ("After the rollback it works.", "rollback", "going back to the version of the day before"),
        ("请等回滚结束", "回滚", "退回昨天的版本"),
        ("請等還原版本結束", "還原版本", "退回之前的版本"),
    ):
        assert [(each.found, each.instead) for each in check(session, draft, reader)] == [(term, instead)]


def test_a_draft_in_two_languages_is_checked_line_by_line(session: Session) -> None:
    draft = "We deploy it tonight.\n今晚我们会部署，\n再按F7"
    found = check(session, draft, "zh_Hans")
    assert [(each.found, each.instead, each.language) for each in found] == [
        ("deploy", "install", "en"),
        ("部署", "安装", "zh_Hans"),
        ("F7", "{key:F7}", ""),
    ]
    assert [draft[each.start : each.end] for each in found] == ["deploy", "部署", "F7"]


def test_what_only_the_readers_language_explains_has_no_words_in_that_of_the_draft(session: Session) -> None:
    services.keep(session, "zh_Hans", term="HIS bridge", sentence="两个系统之间的连接", at=clock.now())
    draft = "The HIS bridge is slow."
    assert [(each.found, each.instead) for each in check(session, draft, "zh_Hans")] == [("HIS bridge", "")]
    assert check(session, draft, "en") == []


@pytest.mark.parametrize("reader", LOCALES)
def test_a_line_that_mixes_the_scripts_is_offered_words_in_that_of_each_term(session: Session, reader: str) -> None:
    found = check(session, "我们做了回滚，介面逾時已處理。", reader)
    assert [(each.found, each.instead) for each in found] == [
        ("回滚", "退回昨天的版本"),
        ("介面逾時", "等太久沒有回應"),
    ]


def test_a_latin_term_is_not_offered_words_in_the_other_script(session: Session) -> None:
    services.keep(session, "zh_Hans", term="HIS bridge", sentence="两个系统之间的连接", at=clock.now())
    found = check(session, "我們看一下 HIS bridge，處理中。", "zh_Hant")
    assert [(each.found, each.instead) for each in found] == [("HIS bridge", "")]


def test_a_term_of_both_languages_is_found_once(session: Session) -> None:
    found = check(session, "The API timeout is back.", "zh_Hans")
    assert [(each.found, each.instead) for each in found] == [("API timeout", "a wait that was too long for an answer")]


def test_one_read_serves_many_texts(session: Session) -> None:
    book = phrasebook(session, "zh_Hans")
    assert [each.found for each in book.check("请回滚,再试")] == ["回滚", ","]
    assert book.check("请您稍等。") == []


def test_the_linter_gets_the_terms_in_small_letters(session: Session) -> None:
    assert "api timeout" in terms(session, "en")
