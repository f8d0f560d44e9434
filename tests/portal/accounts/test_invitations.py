"""Invitations: from support or the organisation's manager; they work once, and they expire."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Contact, Invitation, Organisation, Person
from portal.core import clock
from portal.core.actor import Role
from portal.outbox.models import OutboxMessage
from portal.outbox.sealing import unseal
from portal.settings import Settings
from tests.factories import a_contact, an_agent, an_organisation, limit_agent

SignIn = Callable[[Person], FlaskClient]
NEW = {"name": "Lin Xiaoyan", "email": "lin@hospital.example", "role": "contact"}
JOINING = {"name": "Lin Xiaoyan", "password": "four words put together", "again": "four words put together"}


@pytest.fixture
def hospital(session: Session) -> Organisation:
    return an_organisation(session)


@pytest.fixture
def manager(session: Session, hospital: Organisation) -> Contact:
    return a_contact(session, hospital, role=Role.MANAGER)


def browser_of(session: Session, signed_in: SignIn, who: Contact | Agent) -> FlaskClient:
    return signed_in(session.get_one(Person, who.person_id))


def link_in_mail(session: Session, settings: Settings) -> str:
    row = session.execute(select(OutboxMessage).where(OutboxMessage.kind == "accounts.invitation")).scalar_one()
    return f"/invitations/{unseal(row.secret or b'', settings.secret_key)}"


def test_a_manager_invites_and_the_guest_joins(
    session: Session,
    signed_in: SignIn,
    hospital: Organisation,
    manager: Contact,
    client: FlaskClient,
    settings: Settings,
) -> None:
    browser = browser_of(session, signed_in, manager)
    assert browser.get(f"/organisations/{hospital.id}/invitations/new").status_code == 200
    assert browser.post(f"/organisations/{hospital.id}/invitations", data=NEW).status_code == 303
    link = link_in_mail(session, settings)
    assert client.get(link).status_code == 200
    assert client.post(link, data=JOINING).status_code == 303
    joined = session.execute(
        select(Contact).join(Person, Person.id == Contact.person_id).where(Person.email == "lin@hospital.example")
    ).scalar_one()
    assert joined.organisation_id == hospital.id
    assert client.get("/account").status_code == 200


def test_an_invitation_works_once(
    session: Session,
    signed_in: SignIn,
    hospital: Organisation,
    manager: Contact,
    client: FlaskClient,
    settings: Settings,
) -> None:
    browser_of(session, signed_in, manager).post(f"/organisations/{hospital.id}/invitations", data=NEW)
    link = link_in_mail(session, settings)
    client.post(link, data=JOINING)
    assert client.get(link).status_code == 404
    assert client.post(link, data=JOINING).status_code == 404


def test_an_invitation_expires_after_seven_days(
    session: Session,
    signed_in: SignIn,
    hospital: Organisation,
    manager: Contact,
    client: FlaskClient,
    settings: Settings,
) -> None:
    browser_of(session, signed_in, manager).post(f"/organisations/{hospital.id}/invitations", data=NEW)
    link = link_in_mail(session, settings)
    with clock.stopped_at(clock.now() + timedelta(days=7)):
        assert client.post(link, data=JOINING).status_code == 404


def test_an_invitation_of_an_organisation_that_is_closed_works_no_more(
    session: Session,
    signed_in: SignIn,
    hospital: Organisation,
    manager: Contact,
    client: FlaskClient,
    settings: Settings,
) -> None:
    browser_of(session, signed_in, manager).post(f"/organisations/{hospital.id}/invitations", data=NEW)
    hospital.closed_at = clock.now()
    session.commit()
    assert client.post(link_in_mail(session, settings), data=JOINING).status_code != 303
    assert session.execute(select(Person).where(Person.email == NEW["email"])).first() is None


def test_an_invitation_can_be_taken_back(
    session: Session,
    signed_in: SignIn,
    hospital: Organisation,
    manager: Contact,
    client: FlaskClient,
    settings: Settings,
) -> None:
    browser = browser_of(session, signed_in, manager)
    browser.post(f"/organisations/{hospital.id}/invitations", data=NEW)
    invitation = session.execute(select(Invitation.id)).scalar_one()
    assert browser.post(f"/invitations/{invitation}/revoke").status_code == 303
    assert client.get(link_in_mail(session, settings)).status_code == 404


@pytest.mark.parametrize(
    "data",
    [
        {**NEW, "email": "no address"},
        {**NEW, "email": ""},
        {**NEW, "name": "x" * 121},
        {**NEW, "role": "admin"},
        {**NEW, "role": "agent"},
        {},
    ],
)
def test_it_refuses_what_would_not_do_and_keeps_what_was_typed(
    session: Session, signed_in: SignIn, hospital: Organisation, manager: Contact, data: dict[str, str]
) -> None:
    answer = browser_of(session, signed_in, manager).post(f"/organisations/{hospital.id}/invitations", data=data)
    assert answer.status_code == 422
    assert data.get("name", "") in answer.text


def test_an_address_that_signs_in_already_is_not_invited(
    session: Session, signed_in: SignIn, hospital: Organisation, manager: Contact
) -> None:
    a_contact(session, hospital, email="lin@hospital.example")
    answer = browser_of(session, signed_in, manager).post(f"/organisations/{hospital.id}/invitations", data=NEW)
    assert answer.status_code == 422


def test_a_plain_contact_may_not_invite(session: Session, signed_in: SignIn, hospital: Organisation) -> None:
    browser = browser_of(session, signed_in, a_contact(session, hospital))
    assert browser.post(f"/organisations/{hospital.id}/invitations", data=NEW).status_code == 403


def test_somebody_elses_organisation_is_not_there(session: Session, signed_in: SignIn, manager: Contact) -> None:
    other = an_organisation(session, "Another hospital")
    browser = browser_of(session, signed_in, manager)
    assert browser.post(f"/organisations/{other.id}/invitations", data=NEW).status_code == 404
    assert browser.get(f"/organisations/{other.id}/invitations/new").status_code == 404


def test_a_limited_agent_invites_only_where_they_serve(
    session: Session, signed_in: SignIn, hospital: Organisation
) -> None:
    other = an_organisation(session, "Another hospital")
    agent = an_agent(session)
    limit_agent(session, agent, organisations=(hospital,))
    session.commit()
    browser = browser_of(session, signed_in, agent)
    assert browser.get(f"/organisations/{hospital.id}/invitations/new").status_code == 200
    assert browser.get(f"/organisations/{other.id}/invitations/new").status_code == 404


def test_signed_out_goes_to_sign_in(client: FlaskClient, hospital: Organisation) -> None:
    assert "/sign-in" in client.get(f"/organisations/{hospital.id}/invitations/new").headers["Location"]


def test_looking_at_an_invitation_uses_nothing_up(client: FlaskClient) -> None:
    assert client.get("/invitations/never-was").status_code == 404
