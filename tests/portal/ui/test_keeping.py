"""Pages that are answered again for as long as they hold."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.core import clock
from portal.core.db import Database
from portal.tickets import services
from portal.tickets.models import Ticket
from portal.ui import keeping
from tests.portal.tickets.cast import Cast, SignInAs, a_cast, a_ticket
from tests.statements import listening

_ONCE = re.compile('name="once" value="([0-9a-f]{32})"')


@pytest.fixture
def cast(session: Session) -> Cast:
    """Return people and a product."""
    return a_cast(session)


@pytest.fixture
def as_(cast: Cast, signed_in: Callable[[Person], FlaskClient]) -> SignInAs:
    """Return a way to get the browser of a contact or agent."""
    return lambda who: signed_in(cast.session.get_one(Person, who.person_id))


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    """Return a ticket of Tang's."""
    return a_ticket(cast)


@pytest.fixture
def browser(cast: Cast, as_: SignInAs, ticket: Ticket) -> FlaskClient:
    """Return Tang's browser, with the page of the ticket opened twice: the second one is kept."""
    opened = as_(cast.tang)
    for _ in range(2):
        opened.get(f"/tickets/{ticket.reference}")
    return opened


def test_a_page_that_holds_is_not_made_again(database: Database, browser: FlaskClient, ticket: Ticket) -> None:
    assert not is_made(database, browser, ticket)
    page = browser.get(f"/tickets/{ticket.reference}")
    assert ticket.reference in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_it_is_made_again_once_something_was_said(browser: FlaskClient, ticket: Ticket, cast: Cast) -> None:
    update = services.Update("It has to do with the driver.")
    services.add_update(cast.session, ticket, update=update, by=cast.actor(cast.agent), at=clock.now())
    page = browser.get(f"/tickets/{ticket.reference}")
    assert "It has to do with the driver." in page.text


def test_it_is_made_again_in_another_minute(database: Database, browser: FlaskClient, ticket: Ticket) -> None:
    with clock.stopped_at(clock.now() + timedelta(minutes=1)):
        assert is_made(database, browser, ticket)


@pytest.mark.parametrize("cookie", [("locale", "zh_Hans"), ("theme", "dark")])
def test_it_is_made_again_in_another_language_or_theme(
    database: Database, browser: FlaskClient, ticket: Ticket, cookie: tuple[str, str]
) -> None:
    browser.set_cookie(*cookie)
    assert is_made(database, browser, ticket)


def test_its_forms_have_new_keys_each_time(browser: FlaskClient, ticket: Ticket) -> None:
    """A key that was used would answer with what was done then."""
    keys = [_ONCE.findall(browser.get(f"/tickets/{ticket.reference}").text) for _ in range(2)]
    assert keys[0]
    assert not set(keys[0]) & set(keys[1])


def test_two_replies_from_the_same_kept_page_are_both_taken(browser: FlaskClient, ticket: Ticket, cast: Cast) -> None:
    before = ticket.last_seq
    for words in ("The first.", "The second."):
        key = _ONCE.findall(browser.get(f"/tickets/{ticket.reference}").text)[-1]
        sent = browser.post(f"/tickets/{ticket.reference}/replies", data={"once": key, "body": words})
        assert sent.status_code == 303, sent.text
    cast.session.refresh(ticket)
    assert ticket.last_seq == before + 2


def test_whoever_may_no_longer_see_it_does_not(browser: FlaskClient, ticket: Ticket, cast: Cast) -> None:
    cast.session.get_one(Person, cast.tang.person_id).active = False
    cast.session.flush()
    assert browser.get(f"/tickets/{ticket.reference}").status_code == 303


def test_a_colleague_gets_a_page_of_their_own(browser: FlaskClient, ticket: Ticket, cast: Cast, as_: SignInAs) -> None:
    theirs = as_(cast.stranger).get(f"/tickets/{ticket.reference}")
    assert theirs.status_code == 404


def test_a_message_is_shown_once(browser: FlaskClient, ticket: Ticket) -> None:
    with browser.session_transaction() as cookie:
        cookie["_flashes"] = [("good", "It is sent.")]
    assert "It is sent." in browser.get(f"/tickets/{ticket.reference}").text
    assert "It is sent." not in browser.get(f"/tickets/{ticket.reference}").text


def test_pages_can_be_made_anew_each_time(app: Flask, database: Database, browser: FlaskClient, ticket: Ticket) -> None:
    keeping.forget_pages(app)
    assert is_made(database, browser, ticket)


def is_made(database: Database, browser: FlaskClient, ticket: Ticket) -> bool:
    """Whether opening the page makes it: what is only read again isn't asked through the portal's own queries."""
    with listening(database) as said:
        assert browser.get(f"/tickets/{ticket.reference}").status_code == 200
    return said.count > 1
