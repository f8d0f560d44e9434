"""The phrasebook as it is now."""

from sqlalchemy.orm import Session

from portal.core import clock
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
    assert check(session, "flux", "zh_Hans") == []


def test_one_read_serves_many_texts(session: Session) -> None:
    book = phrasebook(session, "zh_Hans")
    assert [each.found for each in book.check("请回滚,再试")] == ["回滚", ","]
    assert book.check("请您稍等。") == []


def test_the_linter_gets_the_terms_in_small_letters(session: Session) -> None:
    assert "api timeout" in terms(session, "en")
