"""The phrasebook on the desk."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.phrasebook.queries import entries
from tests import factories

SignedIn = Callable[[Person], FlaskClient]


@pytest.fixture
def agent(session: Session, signed_in: SignedIn) -> FlaskClient:
    found = factories.an_agent(session)
    session.commit()
    return signed_in(session.get_one(Person, found.person_id))


def said(session: Session, term: str, language: str = "en") -> str | None:
    session.rollback()
    return next((each.sentence for each in entries(session, language) if each.term == term), None)


def test_the_terms_of_each_language_are_shown(agent: FlaskClient) -> None:
    assert "rollback" in agent.get("/desk/phrasebook?language=en").text
    assert "退回昨天的版本" in agent.get("/desk/phrasebook?language=zh_Hans").text
    assert "程式裡的錯誤" in agent.get("/desk/phrasebook?language=zh_Hant").text


def test_an_entry_is_added_changed_and_taken_out(agent: FlaskClient, session: Session) -> None:
    for sentence in ("a small change", "a change"):
        data = {"language": "en", "term": "delta", "sentence": sentence}
        assert agent.post("/desk/phrasebook", data=data).status_code == 303
        assert said(session, "delta") == sentence
    assert "a change" in agent.get("/desk/phrasebook?language=en&term=delta").text
    assert agent.post("/desk/phrasebook/drop", data={"language": "en", "term": "delta"}).status_code == 303
    assert said(session, "delta") is None


def test_one_that_came_along_is_taken_out(agent: FlaskClient, session: Session) -> None:
    agent.post("/desk/phrasebook/drop", data={"language": "en", "term": "rollback"})
    assert said(session, "rollback") is None


@pytest.mark.parametrize(
    ("term", "sentence", "words"),
    [
        ("", "x", "Enter the term."),
        ("\x00", "x", "Enter the term."),
        ("x", " ", "Enter the words for customers."),
        ("x" * 61, "x", "Please shorten this to 60 characters."),
        ("x", "y" * 10_000, "Please shorten this to 300 characters."),
    ],
)
def test_what_is_missing_or_too_long_is_said_beside_the_field(
    agent: FlaskClient, session: Session, term: str, sentence: str, words: str
) -> None:
    page = agent.post("/desk/phrasebook", data={"language": "en", "term": term, "sentence": sentence})
    assert page.status_code == 422
    assert words in page.text
    assert sentence.strip()[:300] in page.text
    assert said(session, term) is None


def test_it_is_for_support(session: Session, client: FlaskClient, signed_in: SignedIn) -> None:
    contact = factories.a_contact(session, factories.an_organisation(session))
    session.commit()
    assert client.get("/desk/phrasebook").status_code == 303
    assert signed_in(session.get_one(Person, contact.person_id)).get("/desk/phrasebook").status_code == 403
