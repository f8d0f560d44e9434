"""Signing in: by password, by e-mailed code, by one press in the demo; and out again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal.accounts import passwords, services
from portal.accounts.models import Contact, Person, SignInSession
from portal.core import clock
from portal.outbox.models import OutboxMessage
from portal.outbox.sealing import unseal
from portal.settings import Settings
from tests.factories import a_contact, an_organisation

PASSWORD = "four words put together"


@pytest.fixture
def contact(app: Flask, session: Session) -> Contact:
    """Return somebody with a password, an e-mail address, a phone and a user name."""
    with app.app_context():
        kept = passwords.hashed(PASSWORD)
    made = a_contact(
        session,
        an_organisation(session),
        email="tang@hospital.example",
        phone="13900000002",
        user_name="tang",
        password=kept,
    )
    session.commit()
    return made


def try_password(client: FlaskClient, who: str, password: str = PASSWORD, onward: str = "") -> TestResponse:
    return client.post("/sign-in", data={"password-identifier": who, "password-password": password, "next": onward})


@pytest.mark.parametrize(
    "who", ["tang@hospital.example", "TANG@hospital.example", "139 0000 0002", "１３９００００００02", "tang"]
)
def test_it_signs_in_by_e_mail_phone_or_user_name(client: FlaskClient, contact: Contact, who: str) -> None:
    answer = try_password(client, who)
    assert answer.status_code == 303
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize(("who", "password"), [("tang", "wrong"), ("nobody", PASSWORD), ("tang\x00", ""), ("", "")])
def test_it_refuses_alike_whether_or_not_the_name_is_known(
    client: FlaskClient, contact: Contact, who: str, password: str
) -> None:
    answer = try_password(client, who, password)
    assert answer.status_code == 422
    assert client.get("/account").status_code == 303


def test_it_goes_on_where_the_reader_wanted_to_go(client: FlaskClient, contact: Contact) -> None:
    assert try_password(client, "tang", onward="/account").headers["Location"] == "/account"


@pytest.mark.parametrize(
    "onward", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_it_never_leads_to_somebody_elses_site(client: FlaskClient, contact: Contact, onward: str) -> None:
    assert try_password(client, "tang", onward=onward).headers["Location"] == "/"


def test_it_stops_after_ten_tries_of_one_name(client: FlaskClient, contact: Contact) -> None:
    for _ in range(10):
        try_password(client, "tang", "wrong")
    assert try_password(client, "tang").status_code == 429


def test_a_disabled_person_stays_outside(client: FlaskClient, contact: Contact, session: Session) -> None:
    session.get_one(Person, contact.person_id).active = False
    session.commit()
    assert try_password(client, "tang").status_code == 422


def test_a_disabled_person_is_out_at_once(
    signed_in: Callable[[Person], FlaskClient], contact: Contact, session: Session
) -> None:
    person = session.get_one(Person, contact.person_id)
    browser = signed_in(person)
    person.active = False
    session.commit()
    assert browser.get("/account").status_code == 303


def send_code(client: FlaskClient, session: Session, settings: Settings, who: str = "tang@hospital.example") -> str:
    client.post("/sign-in/code", data={"code-identifier": who})
    row = session.execute(select(OutboxMessage).order_by(OutboxMessage.id.desc()).limit(1)).scalar_one()
    return unseal(row.secret or b"", settings.secret_key)


def test_a_code_signs_in_once(client: FlaskClient, contact: Contact, session: Session, settings: Settings) -> None:
    code = send_code(client, session, settings)
    assert client.post("/sign-in/code/check", data={"code": code}).status_code == 303
    assert client.get("/account").status_code == 200
    client.post("/sign-out")
    client.post("/sign-in/code", data={"code-identifier": "tang@hospital.example"})
    assert client.post("/sign-in/code/check", data={"code": code}).status_code == 422


def test_a_code_is_over_after_fifteen_minutes(
    client: FlaskClient, contact: Contact, session: Session, settings: Settings
) -> None:
    code = send_code(client, session, settings)
    with clock.stopped_at(clock.now() + timedelta(minutes=15)):
        assert client.post("/sign-in/code/check", data={"code": code}).status_code == 422


def test_a_code_is_over_after_five_wrong_ones(session: Session, contact: Contact) -> None:
    services.send_code(session, person_id=contact.person_id, secret_key="x" * 40, at=clock.now())
    row = session.execute(select(OutboxMessage)).scalar_one()
    code = unseal(row.secret or b"", "x" * 40)
    wrong = "000000" if code != "000000" else "111111"

    def use(what: str) -> bool:
        return services.use_code(session, person_id=contact.person_id, code=what, secret_key="x" * 40, at=clock.now())

    assert [use(wrong) for _ in range(5)] == [False] * 5
    assert use(code) is False


def test_an_unknown_address_is_answered_like_a_known_one(client: FlaskClient, contact: Contact) -> None:
    known = client.post("/sign-in/code", data={"code-identifier": "tang@hospital.example"})
    unknown = client.post("/sign-in/code", data={"code-identifier": "nobody@hospital.example"})
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])


def test_signing_out_ends_the_session_for_good(
    signed_in: Callable[[Person], FlaskClient], contact: Contact, session: Session
) -> None:
    browser = signed_in(session.get_one(Person, contact.person_id))
    with browser.session_transaction() as cookie:
        kept = dict(cookie)
    browser.post("/sign-out")
    with browser.session_transaction() as cookie:
        cookie.update(kept)
    assert browser.get("/account").status_code == 303


def test_a_new_password_signs_out_everywhere(
    signed_in: Callable[[Person], FlaskClient], contact: Contact, session: Session
) -> None:
    person = session.get_one(Person, contact.person_id)
    here, there = signed_in(person), signed_in(person)
    answer = here.post(
        "/account/password", data={"current": PASSWORD, "password": "another four words", "again": "another four words"}
    )
    assert answer.status_code == 303
    assert there.get("/account").status_code == 303
    assert try_password(here, "tang", "another four words").status_code == 303


@pytest.mark.parametrize(
    "data",
    [
        {"current": "wrong", "password": "another four words", "again": "another four words"},
        {"current": PASSWORD, "password": "short", "again": "short"},
        {"current": PASSWORD, "password": "another four words", "again": "another fuor words"},
    ],
)
def test_it_refuses_a_password_that_would_not_do(
    signed_in: Callable[[Person], FlaskClient], contact: Contact, session: Session, data: dict[str, str]
) -> None:
    browser = signed_in(session.get_one(Person, contact.person_id))
    assert browser.post("/account/password", data=data).status_code == 422


def test_another_browser_can_be_signed_out_from_here(
    signed_in: Callable[[Person], FlaskClient], contact: Contact, session: Session
) -> None:
    person = session.get_one(Person, contact.person_id)
    here, there = signed_in(person), signed_in(person)
    theirs = session.execute(select(SignInSession.id).order_by(SignInSession.id.desc()).limit(1)).scalar_one()
    here.post(f"/account/sessions/{theirs}/end")
    assert there.get("/account").status_code == 303
    assert here.get("/account").status_code == 200


def test_the_demos_people_are_let_in_by_one_press(client: FlaskClient, contact: Contact) -> None:
    assert client.post("/sign-in/demo", data={"person": "tang"}).status_code == 303
    assert client.get("/account").status_code == 200


def test_nobody_is_let_in_by_one_press_outside_the_demo(app: Flask, contact: Contact) -> None:
    import dataclasses

    app.extensions["plainport.settings"] = dataclasses.replace(app.extensions["plainport.settings"], demo=False)
    assert app.test_client().post("/sign-in/demo", data={"person": "tang"}).status_code == 404


def test_getting_the_ways_to_sign_in_changes_nothing(client: FlaskClient) -> None:
    assert client.get("/sign-in").status_code == 200
    assert client.get("/sign-in/code").status_code == 303
    assert client.get("/sign-in/code/check").status_code == 405
