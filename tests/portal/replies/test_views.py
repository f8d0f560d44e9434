"""Saved replies are written, changed, used on a ticket, and removed."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Contact, Person
from portal.core import clock
from portal.replies.models import SavedReply
from portal.tickets import services
from tests.portal.tickets.cast import Cast, a_cast, a_ticket

WORDS = {
    "saved-name": "We look into it",
    "saved-zh_Hans": "{contact}，您好：{reference} 正在处理。",
    "saved-zh_Hant": "",
    "saved-en": "Dear {contact}, we look into {reference}. {agent}",
}


@pytest.fixture
def cast(session: Session) -> Cast:
    """Return people and a product."""
    return a_cast(session)


@pytest.fixture
def as_(session: Session, signed_in: Callable[[Person], FlaskClient]) -> Callable[[Contact | Agent], FlaskClient]:
    """Return a way to get somebody's browser."""
    return lambda who: signed_in(session.get_one(Person, who.person_id))


@pytest.fixture
def desk(cast: Cast, as_: Callable[[Contact | Agent], FlaskClient]) -> FlaskClient:
    """Return the browser of an agent."""
    return as_(cast.agent)


def saved(session: Session, desk: FlaskClient) -> SavedReply:
    """Write a saved reply through the page."""
    assert desk.post("/desk/replies/new", data=WORDS).status_code == 303
    return session.scalars(select(SavedReply)).one()


def test_it_is_written_changed_and_removed(cast: Cast, session: Session, desk: FlaskClient) -> None:
    reply = saved(session, desk)
    assert "We look into it" in desk.get("/desk/replies").text
    page = desk.get(f"/desk/replies/{reply.id}").text
    assert "Dear {contact}, we look into {reference}. {agent}</textarea>" in page
    changed = {**WORDS, "saved-name": "We are on it", "saved-zh_Hant": "您好"}
    assert desk.post(f"/desk/replies/{reply.id}", data=changed).status_code == 303
    assert "We are on it" in desk.get("/desk/replies").text
    assert desk.post(f"/desk/replies/{reply.id}/removal").status_code == 303
    assert "There are no saved replies yet." in desk.get("/desk/replies").text
    assert desk.get(f"/desk/replies/{reply.id}").status_code == 404


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"saved-name": ""}, "Enter a name for it."),
        ({"saved-en": "Dear {name}"}, "{name} is not known here."),
        ({"saved-en": "", "saved-zh_Hans": ""}, "Write it in at least one language."),
    ],
)
def test_what_can_not_be_kept_says_why_and_stays_in_the_form(
    cast: Cast, session: Session, desk: FlaskClient, changed: dict[str, str], words: str
) -> None:
    answer = desk.post("/desk/replies/new", data={**WORDS, **changed})
    assert answer.status_code == 422
    assert words in answer.text
    assert session.scalars(select(SavedReply)).all() == []


def test_a_name_is_given_once(cast: Cast, session: Session, desk: FlaskClient) -> None:
    saved(session, desk)
    answer = desk.post("/desk/replies/new", data=WORDS)
    assert answer.status_code == 422
    assert "Another saved reply has this name." in answer.text


@pytest.mark.parametrize(
    ("locale", "words"), [("en", "Dear Tang Xiuying, we look into"), ("zh_Hans", "Tang Xiuying，您好：")]
)
def test_on_a_ticket_it_reads_in_the_contacts_language(
    cast: Cast, session: Session, desk: FlaskClient, locale: str, words: str
) -> None:
    saved(session, desk)
    session.get_one(Person, cast.tang.person_id).locale = locale
    ticket = a_ticket(cast)
    page = desk.get(f"/desk/tickets/{ticket.reference}/replies").text
    assert words in page
    assert ticket.reference in page


def test_it_says_where_it_is_not_written_in_the_contacts_language(
    cast: Cast, session: Session, desk: FlaskClient
) -> None:
    saved(session, desk)
    session.get_one(Person, cast.tang.person_id).locale = "zh_Hant"
    page = desk.get(f"/desk/tickets/{a_ticket(cast).reference}/replies").text
    assert "It is not written in the contact’s language yet." in page


def test_it_is_inserted_after_what_was_begun(cast: Cast, session: Session, desk: FlaskClient) -> None:
    reply, ticket = saved(session, desk), a_ticket(cast)
    services.keep_reply(session, ticket, body="I have begun.", by=cast.actor(cast.agent), at=clock.now())
    page = desk.get(f"/desk/tickets/{ticket.reference}?reply={reply.id}").text
    body = page.partition('id="reply-body"')[2].partition("</textarea>")[0]
    assert body.index("I have begun.") < body.index(f"we look into {ticket.reference}. Chen Li")


@pytest.mark.parametrize("asked", ["x", "01a1ffa5-901f-758f-be73-9fe764250bea"])
def test_one_that_is_not_there_changes_nothing(cast: Cast, desk: FlaskClient, asked: str) -> None:
    assert desk.get(f"/desk/tickets/{a_ticket(cast).reference}?reply={asked}").status_code == 200


def test_customers_stay_outside(cast: Cast, as_: Callable[[Contact | Agent], FlaskClient]) -> None:
    assert as_(cast.manager).get("/desk/replies").status_code == 403
    assert as_(cast.tang).post("/desk/replies/new", data=WORDS).status_code == 403
