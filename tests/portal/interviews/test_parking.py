"""What is typed while the sign-in runs out is put back after signing in."""

import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import clock
from portal.interviews.models import ParkedForm
from tests.portal.interviews.cast import Browser, Cast, a_draft_at, a_stranger
from tests.portal.interviews.conftest import SignIn

TYPED = {"q-error_text": "Nothing moves, password=Tr0ub4dor&3", "shown": "error_text"}


def parked_path(client: FlaskClient, path: str, typed: dict[str, str]) -> str:
    answer = client.post(path, data=typed)
    assert answer.status_code == 303
    found = re.search(r"next=([^&]+)", answer.headers["Location"])
    assert found, answer.headers["Location"]
    return found[1].replace("%3F", "?").replace("%3D", "=").replace("%26", "&")


def test_a_page_sent_while_signed_out_comes_back_after_signing_in(browser: Browser, client: FlaskClient) -> None:
    draft = a_draft_at(browser, "message")
    path = parked_path(client, f"{draft}/message", TYPED)
    browser.open(path)
    assert browser.fields["q-error_text"] == ["Nothing moves, password=[password 1]"]
    assert "Nothing was lost" in browser.text
    browser.send()
    assert browser.heading != "What did the screen say?" or "covered" in browser.text


def test_it_is_kept_masked_and_sealed(browser: Browser, client: FlaskClient, session: Session) -> None:
    draft = a_draft_at(browser, "message")
    parked_path(client, f"{draft}/message", TYPED)
    body = session.scalars(select(ParkedForm.body)).one()
    assert b"Nothing" not in body


def test_it_is_gone_after_a_day(browser: Browser, client: FlaskClient) -> None:
    draft = a_draft_at(browser, "message")
    path = parked_path(client, f"{draft}/message", TYPED)
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        browser.open(path)
    assert browser.fields["q-error_text"] == [""]


def test_it_comes_back_on_its_own_page_only(browser: Browser, client: FlaskClient) -> None:
    draft = a_draft_at(browser, "show")
    path = parked_path(client, f"{draft}/message", TYPED)
    browser.open(path.replace("/message?", "/show?"))
    assert "Nothing moves" not in browser.text


def test_a_stranger_does_not_get_it(browser: Browser, client: FlaskClient, session: Session, signed_in: SignIn) -> None:
    draft = a_draft_at(browser, "message")
    path = parked_path(client, f"{draft}/message", TYPED)
    assert signed_in(a_stranger(session)).get(path).status_code == 404


def test_an_emergency_sent_while_signed_out_comes_back(browser: Browser, client: FlaskClient) -> None:
    interview_id = a_draft_at(browser, "message").rpartition("/")[2]
    path = parked_path(client, f"/emergency/{interview_id}", {"q-emg_what": "Ward 7 stands still"})
    browser.open(path)
    assert browser.fields["q-emg_what"] == ["Ward 7 stands still"]


@pytest.mark.parametrize("path", ["/interviews/0198f2f0-0000-7000-8000-000000000000/where", "/interviews"])
def test_what_belongs_to_no_interview_is_not_kept(
    browser: Browser, client: FlaskClient, session: Session, path: str
) -> None:
    answer = client.post(path, data=TYPED)
    assert answer.headers["Location"].startswith("/sign-in")
    assert session.scalars(select(ParkedForm)).all() == []


def test_an_address_cannot_fill_the_database(browser: Browser, client: FlaskClient, session: Session) -> None:
    draft = a_draft_at(browser, "message")
    for _ in range(61):
        answer = client.post(f"{draft}/message", data=TYPED)
    assert answer.headers["Location"].rstrip("=").endswith(("/sign-in", "?next"))
    assert len(session.scalars(select(ParkedForm.page)).all()) == 60


def test_an_old_form_comes_back_with_what_was_typed(app: Flask, browser: Browser) -> None:
    draft = a_draft_at(browser, "message")
    app.config["WTF_CSRF_ENABLED"] = True
    browser.send({**TYPED, "csrf_token": "from before"}, to=f"{draft}/message")
    assert browser.status == 200
    assert browser.fields["q-error_text"] == ["Nothing moves, password=[password 1]"]
    browser.send()
    assert "covered" in browser.text


def test_it_comes_back_through_the_page_of_signing_in(browser: Browser, cast: Cast, client: FlaskClient) -> None:
    draft = a_draft_at(browser, "message")
    reader = Browser(client)
    reader.send(TYPED, to=f"{draft}/message")
    assert reader.heading == "Sign in"
    onward = re.search(r'name="next" value="(/interviews[^"]+)"', reader.text)
    assert onward
    page = client.post(
        "/sign-in/demo",
        data={"person": cast.person.user_name, "next": unescape(onward[1])},
        follow_redirects=True,
    )
    assert "Nothing moves, password=[password 1]" in page.text
