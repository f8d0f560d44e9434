"""Letting colleagues in on a ticket."""

import re

import pytest
from flask.testing import FlaskClient

from portal.core import clock
from portal.tickets import services
from tests.portal.tickets.cast import Cast, SignInAs, a_ticket


def test_the_owner_lets_a_colleague_in(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    fields = {"once": "a", "contact": str(cast.colleague.id)}
    assert as_(cast.tang).post(f"/tickets/{ticket.reference}/shares", data=fields).status_code == 303
    assert as_(cast.colleague).get(f"/tickets/{ticket.reference}").status_code == 200


def test_the_owner_takes_it_back(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    services.share(cast.session, ticket, contact_id=cast.colleague.id, by=cast.actor(cast.tang), at=clock.now())
    cast.session.commit()
    url = f"/tickets/{ticket.reference}/shares/{cast.colleague.id}/revoke"
    assert as_(cast.tang).post(url, data={"once": "a"}).status_code == 303
    assert as_(cast.colleague).get(f"/tickets/{ticket.reference}").status_code == 404


def test_the_page_lists_colleagues_and_no_strangers(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    page = as_(cast.tang).get(f"/tickets/{ticket.reference}/sharing").text
    assert "Liu Wei" in page
    assert "Zhou Min" not in page


@pytest.mark.parametrize("contact", ["", "nobody", "stranger", "tang"])
def test_only_colleagues_can_be_let_in(cast: Cast, as_: SignInAs, contact: str) -> None:
    ticket = a_ticket(cast)
    chosen = str(getattr(cast, contact).id) if hasattr(cast, contact) else contact
    fields = {"once": "a", "contact": chosen}
    answer = as_(cast.tang).post(f"/tickets/{ticket.reference}/shares", data=fields)
    assert answer.status_code == 422
    assert "Choose a colleague" in answer.text


def test_a_colleague_who_was_let_in_lets_nobody_else_in(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    services.share(cast.session, ticket, contact_id=cast.colleague.id, by=cast.actor(cast.tang), at=clock.now())
    cast.session.commit()
    browser = as_(cast.colleague)
    assert browser.get(f"/tickets/{ticket.reference}/sharing").status_code == 200
    fields = {"contact": str(cast.manager.id)}
    assert browser.post(f"/tickets/{ticket.reference}/shares", data=fields).status_code == 403


def test_a_stranger_gets_404(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    browser = as_(cast.stranger)
    assert browser.get(f"/tickets/{ticket.reference}/sharing").status_code == 404
    assert browser.post(f"/tickets/{ticket.reference}/shares").status_code == 404
    assert browser.post(f"/tickets/{ticket.reference}/shares/{cast.colleague.id}/revoke").status_code == 404


def test_signed_out_goes_to_sign_in(cast: Cast, client: FlaskClient) -> None:
    ticket = a_ticket(cast)
    assert client.post(f"/tickets/{ticket.reference}/shares").location.startswith("/sign-in")


def test_every_share_of_all_tickets_stands_on_one_page_and_is_taken_back_there(cast: Cast, as_: SignInAs) -> None:
    tickets = [a_ticket(cast), a_ticket(cast)]
    for ticket, contact in zip(tickets, (cast.colleague, cast.manager), strict=True):
        services.share(cast.session, ticket, contact_id=contact.id, by=cast.actor(cast.tang), at=clock.now())
    cast.session.commit()
    shown = as_(cast.tang).get("/shares").text
    assert all(ticket.reference in shown for ticket in tickets)
    url = f"/tickets/{tickets[0].reference}/shares/{cast.colleague.id}/revoke"
    answer = as_(cast.tang).post(url, data={"once": "a", "from_all": "yes"})
    assert (answer.status_code, answer.location) == (303, "/shares")
    left = as_(cast.tang).get("/shares").text
    assert tickets[0].reference not in left
    assert tickets[1].reference in left
    assert as_(cast.colleague).get(f"/tickets/{tickets[0].reference}").status_code == 404


def test_the_organisations_manager_sees_its_shares_and_others_none(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    services.share(cast.session, ticket, contact_id=cast.colleague.id, by=cast.actor(cast.tang), at=clock.now())
    cast.session.commit()
    assert ticket.reference in as_(cast.manager).get("/shares").text
    for somebody in (cast.colleague, cast.stranger):
        assert ticket.reference not in as_(somebody).get("/shares").text


def test_many_shares_come_in_pages(cast: Cast, as_: SignInAs) -> None:
    tickets = [a_ticket(cast) for _ in range(52)]
    for ticket in tickets:
        services.share(cast.session, ticket, contact_id=cast.colleague.id, by=cast.actor(cast.tang), at=clock.now())
    cast.session.commit()
    first = as_(cast.tang).get("/shares").text
    (after,) = re.findall(r'href="(/shares\?after=[^"]+)"', first)
    second = as_(cast.tang).get(after).text
    assert all((each.reference in first) != (each.reference in second) for each in tickets)
    assert as_(cast.tang).get("/shares?after=anything").text.count("Stop sharing") == 50
