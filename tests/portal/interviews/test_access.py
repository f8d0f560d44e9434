"""Who may do what with an interview."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.core import clock
from portal.interviews import queries
from tests.factories import an_agent, as_actor
from tests.portal.interviews.cast import Browser, Cast, a_colleague, a_draft_at, a_stranger
from tests.portal.interviews.conftest import SignIn

PAGES = ["", "/where", "/check", "/solved"]
POSTS = ["/where", "/submit", "/solved"]


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_does_not_find_it(browser: Browser, session: Session, signed_in: SignIn, page: str) -> None:
    draft = a_draft_at(browser, "check")
    stranger = signed_in(a_stranger(session))
    assert stranger.get(f"{draft}{page}").status_code == 404


@pytest.mark.parametrize("page", POSTS)
def test_a_stranger_changes_nothing(browser: Browser, session: Session, signed_in: SignIn, page: str) -> None:
    draft = a_draft_at(browser, "check")
    stranger = signed_in(a_stranger(session))
    assert stranger.post(f"{draft}{page}", data={"once": "x"}).status_code == 404


def test_a_colleague_who_sees_only_their_own_does_not_find_it(
    browser: Browser, cast: Cast, session: Session, signed_in: SignIn
) -> None:
    draft = a_draft_at(browser, "impact")
    colleague = signed_in(a_colleague(session, cast, sees_all=False))
    assert colleague.get(f"{draft}/impact").status_code == 404


def test_a_colleague_who_sees_the_organisation_goes_on_with_it(
    browser: Browser, cast: Cast, session: Session, signed_in: SignIn
) -> None:
    draft = a_draft_at(browser, "impact")
    colleague = Browser(signed_in(a_colleague(session, cast, sees_all=True))).open("/report")
    assert "Begun by Tang Xiuying" in colleague.text
    assert colleague.open(draft).heading == "Can you still do the work?"


@pytest.mark.parametrize("page", ["/where", "/check"])
def test_an_agent_does_not_see_what_customers_have_begun(
    browser: Browser, session: Session, signed_in: SignIn, page: str
) -> None:
    draft = a_draft_at(browser, "check")
    agent = an_agent(session)
    session.commit()
    assert signed_in(session.get_one(Person, agent.person_id)).get(f"{draft}{page}").status_code == 404
    assert queries.drafts_of(session, as_actor(session, agent), at=clock.now()) == []


@pytest.mark.parametrize("page", PAGES)
def test_signed_out_goes_to_sign_in_and_comes_back(browser: Browser, client: FlaskClient, page: str) -> None:
    draft = a_draft_at(browser, "check")
    answer = client.get(f"{draft}{page}")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/sign-in?next=/interviews/")


@pytest.mark.parametrize("path", ["/interviews", "/interviews/{id}/submit"])
def test_what_changes_something_is_no_address_to_open(browser: Browser, path: str) -> None:
    draft = a_draft_at(browser, "impact")
    assert browser.client.get(path.replace("/interviews/{id}", draft)).status_code in (404, 405)


def test_a_draft_that_has_run_out_is_not_found(
    browser: Browser, cast: Cast, session: Session, signed_in: SignIn
) -> None:
    draft = a_draft_at(browser, "impact")
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        assert signed_in(cast.person).get(f"{draft}/impact").status_code == 404
        assert queries.drafts_of(session, browser.actor, at=clock.now()) == []


def test_the_same_start_sent_twice_makes_one_draft(browser: Browser, session: Session) -> None:
    browser.open("/report")
    sent = browser.filled(button="questionnaire=his-fault")
    first = browser.client.post("/interviews", data=sent).headers["Location"]
    assert browser.client.post("/interviews", data=sent).headers["Location"] == first


def test_a_questionnaire_that_is_not_there_is_refused(browser: Browser) -> None:
    browser.open("/report").send(button="questionnaire=nothing")
    assert browser.status == 422
    assert browser.heading == "Report a problem"
