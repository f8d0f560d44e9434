"""Saying whose call-back it is."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal.outbox.models import OutboxMessage
from portal.tickets.models import Ticket
from tests.factories import a_contact
from tests.portal.desk.scene import As, a_call_back, keys, kinds, now_of
from tests.portal.tickets.cast import Cast


def link(desk: FlaskClient, ticket: Ticket, contact_id: object) -> TestResponse:
    """Send the form that links a call-back."""
    data = {"verifying-once": "d" * 32, "verifying-version": str(ticket.version), "verifying-contact": str(contact_id)}
    return desk.post(f"/desk/tickets/{ticket.reference}/contact", data=data)


def test_it_offers_whoever_has_that_phone(cast: Cast, desk: FlaskClient) -> None:
    nurse = a_contact(cast.session, cast.organisation, name="Zhao Min", phone="13900000007")
    ticket = a_call_back(cast.session)
    page = desk.get(f"/desk/tickets/{ticket.reference}").text
    assert "Nurse Zhao" in page
    assert f'value="{nurse.id}"' in page
    assert str(cast.tang.id) not in page


@pytest.mark.parametrize("words", ["Xiuying", "Qinghe", "person"])
def test_it_finds_contacts_by_name_and_organisation(cast: Cast, desk: FlaskClient, words: str) -> None:
    ticket = a_call_back(cast.session)
    page = desk.get(f"/desk/tickets/{ticket.reference}", query_string={"who": words}).text
    assert (f'value="{cast.tang.id}"' in page) == (words != "person")
    assert ("Nobody was found." in page) == (words == "person")


def test_the_contact_sees_the_ticket_and_is_sent_its_number(cast: Cast, desk: FlaskClient, as_: As) -> None:
    ticket = a_call_back(cast.session)
    browser = as_(cast.tang)
    assert browser.get(f"/tickets/{ticket.reference}").status_code == 404
    assert link(desk, ticket, cast.tang.id).status_code == 303
    found = now_of(cast.session, ticket)
    assert (found.organisation_id, found.contact_id) == (cast.organisation.id, cast.tang.id)
    page = browser.get(f"/tickets/{ticket.reference}")
    assert page.status_code == 200
    assert "Verified" not in page.text
    told = cast.session.query(OutboxMessage).filter(OutboxMessage.person_id == cast.tang.person_id).one()
    assert told.kind == "ticket-received"
    assert "Verified the call-back by phone." in desk.get(f"/desk/tickets/{ticket.reference}").text


@pytest.mark.parametrize("contact", ["", "x", "01a1ffa5-901f-758f-be73-9fe764250bea"])
def test_it_refuses_whoever_is_not_there(cast: Cast, desk: FlaskClient, contact: str) -> None:
    ticket = a_call_back(cast.session)
    answer = link(desk, ticket, contact)
    assert answer.status_code == 422
    assert "Choose the person you spoke to." in answer.text
    assert now_of(cast.session, ticket).organisation_id is None


def test_a_ticket_of_somebody_is_not_given_to_another(cast: Cast, session: Session, desk: FlaskClient) -> None:
    ticket = a_call_back(session)
    seen = keys(desk, ticket, "reply")["reply-version"]
    link(desk, ticket, cast.tang.id)
    data = {"verifying-once": "e" * 32, "verifying-contact": str(cast.stranger.id)}
    for version in (seen, str(now_of(session, ticket).version)):
        answer = desk.post(f"/desk/tickets/{ticket.reference}/contact", data={**data, "verifying-version": version})
        assert answer.status_code == 422
    assert now_of(session, ticket).contact_id == cast.tang.id
    assert kinds(session, ticket) == ["opened", "verified"]
