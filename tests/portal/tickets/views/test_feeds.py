"""Promised times in people's own calendars, and the record beside an organisation."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select

from portal.accounts.models import Agent, Contact, Person
from portal.core import clock
from portal.tickets import services
from portal.tickets.models import FeedLink, Ticket, TicketState
from tests import factories
from tests.portal.tickets.cast import Cast, SignInAs, a_ticket
from tests.portal.tickets.services.acts import MINUTE, beijing, move, update


def address_of(browser: FlaskClient) -> str:
    """Make an address, and return where it leads."""
    shown = browser.post("/calendar", follow_redirects=True).text
    return "/calendar/" + shown.partition("/calendar/")[2].partition('"')[0]


def entries(client: FlaskClient, address: str) -> dict[str, object]:
    """Return what a calendar program shows: words and times."""
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    feed = Calendar.from_ical(answer.data)
    return {str(each["SUMMARY"]): each.decoded("DTEND") for each in feed.walk("VEVENT")}


def test_a_customers_calendar_shows_when_they_hear_from_us(cast: Cast, as_: SignInAs, client: FlaskClient) -> None:
    ticket, asked = a_ticket(cast), a_ticket(cast)
    move(cast, asked, TicketState.WAITING_CUSTOMER, words="Which key?")
    cast.session.commit()
    assert entries(client, address_of(as_(cast.tang))) == {
        f"{ticket.reference}: an update is promised by then": beijing("04-21T10:17"),
        f"{asked.reference} waits for an answer until then": beijing("05-08T10:02"),
    }


def test_an_agents_calendar_shows_the_tickets_they_take_care_of(cast: Cast, as_: SignInAs, client: FlaskClient) -> None:
    mine, _ = a_ticket(cast), a_ticket(cast)
    services.assign(cast.session, mine, agent_id=cast.agent.id, by=cast.actor(cast.agent), at=clock.now())
    cast.session.commit()
    assert list(entries(client, address_of(as_(cast.agent)))) == [f"{mine.reference}: an update is promised by then"]


def test_a_stranger_sees_only_their_own(cast: Cast, as_: SignInAs, client: FlaskClient) -> None:
    a_ticket(cast)
    assert entries(client, address_of(as_(cast.stranger))) == {}


def test_nothing_that_was_written_stands_in_it(cast: Cast, as_: SignInAs, client: FlaskClient) -> None:
    ticket = a_ticket(cast, title="zz-title-zz")
    update(cast, ticket, "zz-body-zz")
    cast.session.commit()
    shown = client.get(address_of(as_(cast.tang))).text
    for word in ("zz-title-zz", "zz-body-zz", "Tang", cast.organisation.name):
        assert word not in shown


def test_a_new_address_ends_the_earlier_one(cast: Cast, as_: SignInAs, client: FlaskClient) -> None:
    browser = as_(cast.tang)
    first, second = address_of(browser), address_of(browser)
    assert first != second
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200


def test_an_address_can_be_taken_back(cast: Cast, as_: SignInAs, client: FlaskClient) -> None:
    browser = as_(cast.tang)
    address = address_of(browser)
    assert "Make an address" in browser.post("/calendar/revoke", follow_redirects=True).text
    assert client.get(address).status_code == 404


def test_the_address_stays_on_the_page_for_its_owner(cast: Cast, as_: SignInAs) -> None:
    browser = as_(cast.tang)
    address = address_of(browser)
    assert address in browser.get("/calendar").text
    assert address not in as_(cast.colleague).get("/calendar").text


def test_the_database_alone_gives_no_address_away(cast: Cast, as_: SignInAs) -> None:
    address = address_of(as_(cast.tang))
    link = cast.session.scalars(select(FeedLink)).one()
    assert link.token_sha256 not in address
    assert link.id.hex not in address


@pytest.mark.parametrize("token", ["x", "x" * 5000, "../../etc", "%00", "0" * 64])
def test_a_made_up_address_is_not_there(client: FlaskClient, token: str) -> None:
    assert client.get(f"/calendar/{token}.ics").status_code == 404


@pytest.mark.parametrize("who", ["tang", "agent"])
def test_whoever_may_not_come_in_any_more_has_no_feed(cast: Cast, as_: SignInAs, client: FlaskClient, who: str) -> None:
    person: Contact | Agent = getattr(cast, who)
    address = address_of(as_(person))
    cast.session.get_one(Person, person.person_id).active = False
    cast.session.commit()
    assert client.get(address).status_code == 404


def test_signed_out_there_is_no_page_of_it(client: FlaskClient) -> None:
    assert client.get("/calendar").status_code == 303


def went(cast: Cast, minutes: int) -> Ticket:
    """A ticket that was answered after so many minutes; fifteen were promised."""
    ticket = a_ticket(cast)
    update(cast, ticket, at=clock.now() + minutes * MINUTE)
    cast.session.commit()
    return ticket


def test_the_organisation_sees_how_its_promises_went(cast: Cast, as_: SignInAs) -> None:
    for minutes in (5, 9, 16):
        went(cast, minutes)
    for who in (cast.tang, cast.colleague, cast.manager):
        shown = as_(who).get("/organisation").text
        assert "3 promises to your organisation fell due, and 2 were kept." in shown
        assert "1 came late." in shown


def test_another_organisation_sees_only_its_own(cast: Cast, as_: SignInAs) -> None:
    went(cast, 5)
    assert "no promise to your organisation has fallen due" in as_(cast.stranger).get("/organisation").text


def test_the_quarter_before_is_not_counted(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast, at=beijing("03-31T10:00"))
    update(cast, ticket, at=beijing("03-31T23:59"))
    cast.session.commit()
    assert "1 April, no promise" in as_(cast.tang).get("/organisation").text
    update(cast, ticket, "Solved soon.", at=beijing("04-01T00:00") + timedelta(hours=10))
    cast.session.commit()
    assert "1 promise to your organisation fell due, and 1 was kept." in as_(cast.tang).get("/organisation").text


def test_in_each_language_the_page_says_it(cast: Cast, as_: SignInAs) -> None:
    went(cast, 5)
    for locale, words in (("zh_Hans", "我们对贵院的承诺"), ("zh_Hant", "我們對貴院的承諾")):
        person = factories.a_contact(cast.session, cast.organisation, locale=locale)
        cast.session.commit()
        assert words in as_(person).get("/organisation").text
