"""The first page, the organisation's page, and what everyone may read."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.accounts.models import Contact, Organisation, Person
from portal.core import clock
from portal.core.actor import Role
from portal.tickets import services as tickets
from portal.tickets.models import Priority, Ticket, TicketState
from tests.factories import a_contact, a_product, an_agent, an_installation, an_organisation, as_actor
from tests.portal.tickets.cast import a_cast
from tests.portal.tickets.cast import a_ticket as report_to

SignIn = Callable[[Person], FlaskClient]


@pytest.fixture
def hospital(session: Session) -> Organisation:
    return an_organisation(session)


@pytest.fixture
def nurse(session: Session, hospital: Organisation) -> Contact:
    return a_contact(session, hospital)


def browser_of(session: Session, signed_in: SignIn, contact: Contact) -> FlaskClient:
    return signed_in(session.get_one(Person, contact.person_id))


def a_ticket(session: Session, contact: Contact, title: str) -> Ticket:
    opening = tickets.Opening(
        title=title,
        severity=Priority.P3,
        document={},
        organisation_id=contact.organisation_id,
        contact_id=contact.id,
    )
    return tickets.open_ticket(session, opening=opening, by=as_actor(session, contact), at=clock.now())


def test_an_empty_home_says_what_will_stand_there(session: Session, signed_in: SignIn, nurse: Contact) -> None:
    page = browser_of(session, signed_in, nurse).get("/")
    assert page.status_code == 200
    assert "Nothing is waiting for you" in page.text
    assert "No problems yet." in page.text


def test_home_sorts_tickets_by_whose_turn_it_is(session: Session, signed_in: SignIn, nurse: Contact) -> None:
    agent = as_actor(session, an_agent(session))
    a_ticket(session, nurse, "We have this one")
    asked = a_ticket(session, nurse, "You have this one")
    change = tickets.StateChange(to=TicketState.WAITING_CUSTOMER, words="Which patient?")
    tickets.change_state(session, asked, change=change, by=agent, at=clock.now())
    page = browser_of(session, signed_in, nurse).get("/").text
    assert "1 thing is waiting for you" in page
    assert page.index("Needs you") < page.index("You have this one") < page.index("We have this one")


def test_home_shows_nobody_elses_tickets(session: Session, signed_in: SignIn, nurse: Contact) -> None:
    stranger = a_contact(session, an_organisation(session, "Another hospital"))
    colleague = a_contact(session, session.get_one(Organisation, nurse.organisation_id), name="Lin Xiaoyan")
    a_ticket(session, stranger, "A stranger's problem")
    a_ticket(session, colleague, "A colleague's problem")
    page = browser_of(session, signed_in, nurse).get("/").text
    assert "stranger" not in page
    assert "colleague&#39;s problem" not in page


def test_an_agent_is_led_to_the_desk(session: Session, signed_in: SignIn) -> None:
    agent = an_agent(session)
    answer = signed_in(session.get_one(Person, agent.person_id)).get("/")
    assert answer.headers["Location"].endswith("/desk")


def test_the_organisations_page_shows_what_it_runs(
    session: Session, signed_in: SignIn, hospital: Organisation, nurse: Contact
) -> None:
    an_installation(session, hospital, a_product(session), "5.5.1", site="Server room 2")
    page = browser_of(session, signed_in, nurse).get("/organisation").text
    assert "5.5.1" in page
    assert "Server room 2" in page
    assert "Invite a colleague" not in page


def test_a_manager_sees_who_is_invited(session: Session, signed_in: SignIn, hospital: Organisation) -> None:
    browser = browser_of(session, signed_in, a_contact(session, hospital, role=Role.MANAGER))
    new = {"name": "Lin Xiaoyan", "email": "lin@hospital.example", "role": "contact"}
    browser.post(f"/organisations/{hospital.id}/invitations", data=new)
    page = browser.get("/organisation").text
    assert "lin@hospital.example" in page
    assert "Take back" in page


def test_an_agent_has_no_organisation_of_their_own(session: Session, signed_in: SignIn) -> None:
    agent = an_agent(session)
    assert signed_in(session.get_one(Person, agent.person_id)).get("/organisation").status_code == 403


@pytest.mark.parametrize("path", ["/", "/organisation"])
def test_signed_out_goes_to_sign_in(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("path", ["/accessibility", "/privacy", "/sign-in"])
@pytest.mark.parametrize("locale", ["en", "zh_Hans", "zh_Hant"])
def test_everyone_may_read_it_in_their_language(client: FlaskClient, path: str, locale: str) -> None:
    client.set_cookie("locale", locale)
    page = client.get(path)
    assert page.status_code == 200
    assert "400-000-0000" in page.text


def test_a_language_is_kept_in_the_browser(client: FlaskClient) -> None:
    assert client.post("/language", data={"locale": "zh_Hant", "next": "/sign-in"}).headers["Location"] == "/sign-in"
    assert 'lang="zh-Hant"' in client.get("/sign-in").text


@pytest.mark.parametrize("data", [{"locale": "../../etc"}, {"locale": "fr"}, {}])
def test_a_language_we_do_not_speak_is_refused(client: FlaskClient, data: dict[str, str]) -> None:
    assert client.post("/language", data=data).status_code == 422


def test_the_dark_can_be_chosen(client: FlaskClient) -> None:
    client.post("/theme", data={"theme": "dark"})
    assert 'content="dark"' in client.get("/sign-in").text


def test_the_organisations_page_lists_its_open_problems(session: Session, signed_in: SignIn) -> None:
    cast = a_cast(session)
    report_to(cast, title="zz-open-zz")
    closed = report_to(cast, title="zz-closed-zz")
    tickets.cancel(session, closed, by=cast.actor(cast.tang), at=clock.now())
    page = signed_in(session.get_one(Person, cast.manager.person_id)).get("/organisation").text
    assert "zz-open-zz" in page
    assert "zz-closed-zz" not in page
