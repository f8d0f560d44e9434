"""Agreeing on the page to hear on the day of a planned fix."""

from datetime import date

import pytest

from portal.core import clock
from portal.tickets.models import Ticket, TicketState
from tests.portal.tickets.cast import Cast, SignInAs, a_ticket
from tests.portal.tickets.services.acts import beijing, move


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    ticket = a_ticket(cast)
    change = {"words": "It comes with 5.6.3.", "fix_version": "5.6.3", "fix_on": date(2026, 5, 20)}
    move(cast, ticket, TicketState.FIX_SCHEDULED, **change)
    cast.session.commit()
    return ticket


def test_the_page_offers_it_and_it_works(cast: Cast, as_: SignInAs, ticket: Ticket) -> None:
    browser = as_(cast.tang)
    assert "Write to me on that day" in browser.get(f"/tickets/{ticket.reference}").text
    answer = browser.post(f"/tickets/{ticket.reference}/accept", data={"once": "1" * 32}, follow_redirects=True)
    assert "Agreed. You hear from us on that day" in answer.text
    assert "Agreed to hear from us by" in answer.text
    assert "Write to me on that day" not in answer.text
    cast.session.refresh(ticket)
    assert ticket.next_due_at == beijing("05-20T18:00")


def test_sent_twice_it_is_agreed_once(cast: Cast, as_: SignInAs, ticket: Ticket) -> None:
    browser = as_(cast.tang)
    answers = [browser.post(f"/tickets/{ticket.reference}/accept", data={"once": "1" * 32}) for _ in range(2)]
    assert [each.status_code for each in answers] == [303, 303]


def test_when_it_has_moved_on_the_page_says_so(cast: Cast, as_: SignInAs, ticket: Ticket) -> None:
    move(cast, ticket, TicketState.IN_PROGRESS, words="The plan has changed.", at=clock.now())
    cast.session.commit()
    answer = as_(cast.tang).post(f"/tickets/{ticket.reference}/accept", data={"once": "1" * 32})
    assert answer.status_code == 422
    assert "Somebody was faster" in answer.text


def test_a_stranger_finds_nothing(cast: Cast, as_: SignInAs, ticket: Ticket) -> None:
    assert as_(cast.stranger).post(f"/tickets/{ticket.reference}/accept").status_code == 404
