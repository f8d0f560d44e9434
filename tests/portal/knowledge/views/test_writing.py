"""Articles on the desk: written, published by a second person, looked over, recalled; what customers see of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Contact, Person
from portal.core import clock
from portal.knowledge.models import Article
from tests import factories

TEXT = {"title": "How to print?", "do_1": "Press {key:F7}", "see_1": "A sheet comes out", "pitfalls": "Not F and 7"}


@pytest.fixture
def browsers(session: Session, signed_in: Callable[[Person], FlaskClient]) -> dict[str, FlaskClient]:
    """Return the browsers of two agents and a customer."""
    factories.a_product(session, "his", orders="Writing orders")
    people: dict[str, Agent | Contact] = {
        "chen": factories.an_agent(session, "Chen Li"),
        "wang": factories.an_agent(session, "Wang Min"),
        "nurse": factories.a_contact(session, factories.an_organisation(session)),
    }
    return {name: signed_in(session.get_one(Person, who.person_id)) for name, who in people.items()}


def begun(browsers: dict[str, FlaskClient], session: Session) -> Article:
    """Have an article written by Chen."""
    answer = browsers["chen"].post("/desk/knowledge", data={"about": "his:orders", "once": "a" * 32})
    assert answer.status_code == 303
    assert browsers["chen"].post("/desk/knowledge", data={"about": "his:orders", "once": "a" * 32}).status_code == 303
    article = session.scalars(select(Article)).one()
    assert browsers["chen"].post(f"/desk/knowledge/{article.id}/text/en", data=TEXT).status_code == 303
    return article


def published(browsers: dict[str, FlaskClient], session: Session, *, until: str = "2026-12-01") -> Article:
    """Have an article written by Chen and published by Wang."""
    article = begun(browsers, session)
    answer = browsers["wang"].post(f"/desk/knowledge/{article.id}/publish", data={"review_on": until})
    assert answer.status_code == 303
    return article


def test_customers_see_nothing_of_a_draft(browsers: dict[str, FlaskClient], session: Session) -> None:
    article = begun(browsers, session)
    assert browsers["nurse"].get(f"/knowledge/{article.id}").status_code == 404
    assert "How to print?" not in browsers["nurse"].get("/knowledge").text
    assert browsers["nurse"].get(f"/desk/knowledge/{article.id}").status_code == 403


def test_whoever_wrote_last_can_not_publish(browsers: dict[str, FlaskClient], session: Session) -> None:
    article = begun(browsers, session)
    answer = browsers["chen"].post(f"/desk/knowledge/{article.id}/publish", data={"review_on": "2026-12-01"})
    assert answer.status_code == 422
    assert "Ask a colleague" in answer.text


def test_a_published_article_is_read_and_found(browsers: dict[str, FlaskClient], session: Session) -> None:
    article = published(browsers, session)
    page = browsers["nurse"].get(f"/knowledge/{article.id}").text
    assert '<kbd class="key">F7</kbd>' in page
    assert "A sheet comes out" in page
    assert "How to print?" in browsers["nurse"].get("/knowledge?q=print").text


def test_a_new_revision_waits_until_it_is_published(browsers: dict[str, FlaskClient], session: Session) -> None:
    article = published(browsers, session)
    browsers["wang"].post(f"/desk/knowledge/{article.id}/text/en", data={**TEXT, "do_1": "Press {key:F9}"})
    assert "F9" not in browsers["nurse"].get(f"/knowledge/{article.id}").text
    browsers["chen"].post(f"/desk/knowledge/{article.id}/publish", data={"review_on": "2026-12-01"})
    assert "F9" in browsers["nurse"].get(f"/knowledge/{article.id}").text


def test_after_its_day_the_page_says_that_it_may_be_out_of_date(
    browsers: dict[str, FlaskClient], session: Session
) -> None:
    article = published(browsers, session, until="2026-04-30")
    assert "may be out of date" not in browsers["nurse"].get(f"/knowledge/{article.id}").text
    with clock.stopped_at(clock.now() + timedelta(days=12)):
        assert "This may be out of date" in browsers["nurse"].get(f"/knowledge/{article.id}").text
        assert "How to print?" in browsers["chen"].get("/desk/knowledge?shelf=due").text
        still = browsers["chen"].post(f"/desk/knowledge/{article.id}/publish", data={"review_on": "2027-06-01"})
        assert still.status_code == 303
        assert "This may be out of date" not in browsers["nurse"].get(f"/knowledge/{article.id}").text


def test_of_a_recalled_article_only_the_reason_is_read(browsers: dict[str, FlaskClient], session: Session) -> None:
    article = published(browsers, session)
    assert browsers["chen"].post(f"/desk/knowledge/{article.id}/recall", data={}).status_code == 422
    browsers["chen"].post(f"/desk/knowledge/{article.id}/recall", data={"reason": "It erases the sheet"})
    page = browsers["nurse"].get(f"/knowledge/{article.id}").text
    assert "It erases the sheet" in page
    assert "A sheet comes out" not in page
    assert "How to print?" not in browsers["nurse"].get("/knowledge").text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": ""}, "Write the question"),
        ({"see_1": ""}, "Write what one should see"),
        ({"do_2": "", "see_2": "Something"}, "Write what to do in this step"),
    ],
)
def test_what_a_step_lacks_is_asked_for_and_nothing_is_lost(
    browsers: dict[str, FlaskClient], session: Session, changed: dict[str, str], words: str
) -> None:
    article = begun(browsers, session)
    answer = browsers["chen"].post(f"/desk/knowledge/{article.id}/text/en", data={**TEXT, **changed})
    assert answer.status_code == 422
    assert words in answer.text
    assert "Not F and 7" in answer.text
