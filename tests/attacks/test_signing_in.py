"""Guessing at the door: limits that can't be stepped around, answers that tell nothing, sessions that end."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal.accounts import passwords
from portal.accounts.doorman import TOKEN
from portal.accounts.models import Contact, Person, SignInSession
from portal.accounts.queries import SESSION_LASTS
from portal.core import clock
from portal.core.db import Database
from portal.core.limits import network_of
from portal.core.models import RateLimit
from portal.outbox.models import OutboxMessage
from portal.outbox.sealing import unseal
from portal.settings import Settings
from tests.factories import a_contact, an_organisation
from tests.statements import listening

pytestmark = pytest.mark.slow

PASSWORD = "four words put together"
SPELLINGS = {
    "tang@hospital.example": ["TANG@hospital.example", " tang@hospital.example ", "ｔａｎｇ@hospital.example"],
    "13900000002": ["139 0000 0002", "(139) 0000-0002", "１３９００００００02", "139-0000.0002"],
    "tang": ["TANG", "Tang ", "ｔａｎｇ"],
    "nobody@hospital.example": ["Nobody@hospital.example", "ｎobody@hospital.example"],
    "13811112222": ["138 1111 2222", "1-38-1111-2222"],
}
"""Names, known and unknown, and other ways to write them."""


@pytest.fixture
def contact(app: Flask, session: Session) -> Contact:
    """Return somebody who can sign in by all three names."""
    with app.app_context():
        kept = passwords.hashed(PASSWORD)
    hospital = an_organisation(session)
    made = a_contact(
        session, hospital, password=kept, email="tang@hospital.example", phone="13900000002", user_name="tang"
    )
    session.commit()
    return made


def try_password(client: FlaskClient, who: str, password: str = "wrong") -> TestResponse:
    return client.post("/sign-in", data={"password-identifier": who, "password-password": password})


@pytest.mark.parametrize("who", SPELLINGS)
def test_another_spelling_is_no_new_try(client: FlaskClient, contact: Contact, who: str) -> None:
    for _ in range(10):
        assert try_password(client, who).status_code == 422
    assert {try_password(client, each).status_code for each in SPELLINGS[who]} == {429}


@pytest.mark.parametrize("who", ["x13900000002", "13900000002@evil.example", "call 13900000002"])
def test_digits_among_letters_are_no_phone_number(client: FlaskClient, contact: Contact, who: str) -> None:
    assert try_password(client, who, PASSWORD).status_code == 422


def test_somebody_who_asks_for_codes_all_day_gets_few(client: FlaskClient, contact: Contact, session: Session) -> None:
    for hour in range(24):
        with clock.stopped_at(clock.now().replace(hour=0) + timedelta(hours=hour)):
            for _ in range(5):
                client.post("/sign-in/code", data={"code-identifier": "tang@hospital.example"})
    assert session.execute(select(func.count()).select_from(OutboxMessage)).scalar_one() <= 30


def test_codes_are_not_guessed_in_a_day(client: FlaskClient, contact: Contact, session: Session) -> None:
    answers = []
    for quarter in range(40):
        with clock.stopped_at(clock.now().replace(hour=0, minute=0) + timedelta(minutes=15 * quarter)):
            client.post("/sign-in/code", data={"code-identifier": "tang@hospital.example"})
            answers += [client.post("/sign-in/code/check", data={"code": "abc"}).status_code for _ in range(5)]
    assert answers.count(422) <= 30


@pytest.mark.parametrize("path", ["/sign-in/code", "/sign-in/code/check"])
def test_asking_for_a_code_costs_as_many_transactions_for_somebody_unknown(
    database: Database, client: FlaskClient, contact: Contact, path: str
) -> None:
    seen = []
    for who in ("tang@hospital.example", "nobody@hospital.example"):
        client.post("/sign-in/code", data={"code-identifier": who})
        with listening(database) as said:
            client.post(path, data={"code-identifier": who, "code": "000000"})
        seen.append(said.transactions)
    assert seen == [1, 1]


def test_a_network_of_billions_of_addresses_counts_as_one(client: FlaskClient) -> None:
    assert network_of("2001:db8:1:2:3::4") == network_of("2001:db8:1:2:ffff::9") != network_of("2001:db8:1:3::4")
    assert network_of("203.0.113.7") != network_of("203.0.113.8")
    assert network_of(None) == "None"


def test_one_address_can_not_try_every_name(client: FlaskClient, session: Session) -> None:
    session.add(RateLimit(key="sign-in-from:127.0.0.1", window_start=clock.now().replace(minute=0), count=100))
    session.commit()
    assert try_password(client, "somebody else").status_code == 429


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Client-IP"])
def test_a_made_up_header_is_no_other_address(client: FlaskClient, session: Session, header: str) -> None:
    session.add(RateLimit(key="sign-in-from:127.0.0.1", window_start=clock.now().replace(minute=0), count=100))
    session.commit()
    answer = client.post(
        "/sign-in",
        data={"password-identifier": "somebody", "password-password": "x"},
        headers={header: "for=198.51.100.9" if header == "Forwarded" else "198.51.100.9"},
    )
    assert answer.status_code == 429


@pytest.mark.parametrize("header", ["X-Remote-User", "Remote-User", "X-Forwarded-User", "Authorization"])
def test_a_header_signs_nobody_in(client: FlaskClient, contact: Contact, header: str) -> None:
    assert client.get("/account", headers={header: "tang"}).status_code == 303


def test_the_own_password_can_not_be_guessed_in_an_open_browser(
    signed_in: Callable[[Person], FlaskClient], contact: Contact, session: Session
) -> None:
    browser = signed_in(session.get_one(Person, contact.person_id))
    guess = {"current": "wrong", "password": "three other words", "again": "three other words"}
    answers = [browser.post("/account/password", data=guess).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_a_session_that_was_planted_before_signing_in_is_not_taken_over(client: FlaskClient, contact: Contact) -> None:
    with client.session_transaction() as cookie:
        cookie[TOKEN] = cookie["csrf_token"] = "planted"
    try_password(client, "tang", PASSWORD)
    with client.session_transaction() as cookie:
        assert cookie[TOKEN] != "planted"
        assert cookie.get("csrf_token") != "planted"


def test_signing_in_again_ends_the_session_before(client: FlaskClient, contact: Contact, session: Session) -> None:
    try_password(client, "tang", PASSWORD)
    client.post("/sign-in/demo", data={"person": "tang"})
    still_open = select(func.count()).select_from(SignInSession).where(SignInSession.ended_at.is_(None))
    assert session.execute(still_open).scalar_one() == 1


def copy_of(client: FlaskClient, app: Flask) -> FlaskClient:
    """Return another browser with the same cookie, as a thief would have it."""
    found, thief = client.get_cookie(app.config["SESSION_COOKIE_NAME"]), app.test_client()
    assert found is not None
    thief.set_cookie(found.key, found.value)
    return thief


@pytest.mark.parametrize("way", ["/sign-out", "/account/sessions/end-all", "/account/password"])
def test_a_copied_cookie_is_worth_nothing_afterwards(
    app: Flask, client: FlaskClient, contact: Contact, way: str
) -> None:
    try_password(client, "tang", PASSWORD)
    thief = copy_of(client, app)
    assert thief.get("/account").status_code == 200
    client.post(way, data={"current": PASSWORD, "password": "three other words", "again": "three other words"})
    assert thief.get("/account").status_code == 303


def test_a_copied_cookie_does_not_last_however_often_it_is_used(
    app: Flask, client: FlaskClient, contact: Contact
) -> None:
    try_password(client, "tang", PASSWORD)
    for day in range(1, SESSION_LASTS.days):
        with clock.stopped_at(clock.now() + timedelta(days=day)):
            assert client.get("/account").status_code == 200
    with clock.stopped_at(clock.now() + SESSION_LASTS):
        assert client.get("/account").status_code == 303


@pytest.mark.parametrize("method", ["get", "head"])
def test_no_link_in_a_mail_signs_anybody_in(
    client: FlaskClient, contact: Contact, session: Session, settings: Settings, method: str
) -> None:
    client.post("/sign-in/code", data={"code-identifier": "tang@hospital.example"})
    sealed = session.scalars(select(OutboxMessage.secret)).one()
    code = unseal(sealed or b"", settings.secret_key)
    getattr(client, method)(f"/sign-in/code?code={code}")
    assert client.get("/account").status_code == 303
    assert client.post("/sign-in/code/check", data={"code": code}).status_code == 303


def test_a_code_is_good_for_nobody_else(
    client: FlaskClient, contact: Contact, session: Session, settings: Settings
) -> None:
    other = a_contact(session, an_organisation(session), email="liu@hospital.example")
    session.commit()
    client.post("/sign-in/code", data={"code-identifier": "tang@hospital.example"})
    code = unseal(session.scalars(select(OutboxMessage.secret)).one() or b"", settings.secret_key)
    client.post("/sign-in/code", data={"code-identifier": "liu@hospital.example"})
    assert client.post("/sign-in/code/check", data={"code": code}).status_code == 422
    assert other.person_id != contact.person_id
