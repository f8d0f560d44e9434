"""What a customer can do with a ticket."""

import pytest
from flask.testing import FlaskClient

from portal.core import clock
from portal.tickets import services
from portal.tickets.models import Priority, Ticket, TicketState
from portal.tickets.services import Resolution
from tests.portal.tickets.cast import Cast, SignInAs, a_ticket

PAGES = ("escalate", "cancel")
POSTS = ("escalate", "outcome", "cancel")


def a_solved_ticket(cast: Cast) -> Ticket:
    ticket = a_ticket(cast)
    solved = Resolution("A key.", "Press it.", "A sign.")
    services.resolve(cast.session, ticket, resolution=solved, by=cast.actor(cast.agent), at=clock.now())
    cast.session.commit()
    return ticket


def state_of(cast: Cast, ticket: Ticket) -> str:
    cast.session.expire_all()
    return str(ticket.state)


def test_the_customer_confirms(cast: Cast, as_: SignInAs) -> None:
    ticket = a_solved_ticket(cast)
    answer = as_(cast.tang).post(f"/tickets/{ticket.reference}/outcome", data={"once": "a", "outcome": "ok"})
    assert answer.status_code == 303
    assert state_of(cast, ticket) == TicketState.CLOSED


def test_the_customer_reopens_with_words(cast: Cast, as_: SignInAs) -> None:
    ticket = a_solved_ticket(cast)
    browser = as_(cast.tang)
    fields = {"once": "a", "outcome": "reopen", "words": "It still beeps."}
    assert browser.post(f"/tickets/{ticket.reference}/outcome", data=fields).status_code == 303
    assert state_of(cast, ticket) == TicketState.IN_PROGRESS
    assert "It still beeps." in browser.get(f"/tickets/{ticket.reference}").text


def test_an_outcome_that_nobody_offered_is_refused(cast: Cast, as_: SignInAs) -> None:
    ticket = a_solved_ticket(cast)
    answer = as_(cast.tang).post(f"/tickets/{ticket.reference}/outcome", data={"outcome": "delete"})
    assert answer.status_code == 422
    assert state_of(cast, ticket) == TicketState.RESOLVED


def test_confirming_what_is_not_solved_changes_nothing_and_keeps_the_words(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    fields = {"once": "a", "outcome": "ok", "words": "Thanks"}
    answer = as_(cast.tang).post(f"/tickets/{ticket.reference}/outcome", data=fields)
    assert answer.status_code == 422
    assert state_of(cast, ticket) == TicketState.NEW


def test_it_got_worse(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    fields = {"once": "a", "words": "Two more wards.", "has_work_stopped": "1"}
    answer = as_(cast.tang).post(f"/tickets/{ticket.reference}/escalate", data=fields)
    assert answer.status_code == 303
    cast.session.expire_all()
    assert (ticket.priority, ticket.is_emergency) == (Priority.P1, True)


def test_what_got_worse_is_asked_for(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    fields = {"once": "a", "words": " ", "has_work_stopped": "1"}
    answer = as_(cast.tang).post(f"/tickets/{ticket.reference}/escalate", data=fields)
    assert answer.status_code == 422
    assert "Write in a few words what got worse." in answer.text
    assert 'value="1" checked' in answer.text


def test_the_report_is_taken_back(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    answer = as_(cast.tang).post(f"/tickets/{ticket.reference}/cancel", data={"once": "a", "words": "Restarted."})
    assert answer.status_code == 303
    assert state_of(cast, ticket) == TicketState.CANCELLED


@pytest.mark.parametrize("place", PAGES)
def test_the_pages_ask_first(cast: Cast, as_: SignInAs, place: str) -> None:
    ticket = a_ticket(cast)
    assert as_(cast.tang).get(f"/tickets/{ticket.reference}/{place}").status_code == 200
    assert state_of(cast, ticket) == TicketState.NEW


@pytest.mark.parametrize("place", PAGES)
def test_the_pages_of_what_is_over_lead_back(cast: Cast, as_: SignInAs, place: str) -> None:
    ticket = a_solved_ticket(cast)
    answer = as_(cast.tang).get(f"/tickets/{ticket.reference}/{place}")
    assert answer.status_code == 303
    assert answer.location.endswith(f"/tickets/{ticket.reference}")


@pytest.mark.parametrize("place", POSTS)
def test_a_post_that_comes_too_late_is_told_so(cast: Cast, as_: SignInAs, place: str) -> None:
    ticket = a_ticket(cast)
    services.cancel(cast.session, ticket, by=cast.actor(cast.tang), at=clock.now())
    cast.session.commit()
    fields = {"once": "a", "words": "Hello", "outcome": "ok"}
    answer = as_(cast.tang).post(f"/tickets/{ticket.reference}/{place}", data=fields)
    assert answer.status_code == 422
    assert "Somebody was faster" in answer.text


@pytest.mark.parametrize("place", POSTS)
def test_a_stranger_gets_404(cast: Cast, as_: SignInAs, place: str) -> None:
    ticket = a_ticket(cast)
    answer = as_(cast.stranger).post(f"/tickets/{ticket.reference}/{place}", data={"words": "x", "outcome": "ok"})
    assert answer.status_code == 404


@pytest.mark.parametrize("place", POSTS)
def test_an_agent_is_sent_away(cast: Cast, as_: SignInAs, place: str) -> None:
    ticket = a_ticket(cast)
    assert as_(cast.agent).post(f"/tickets/{ticket.reference}/{place}").status_code == 403


@pytest.mark.parametrize("place", POSTS)
def test_signed_out_goes_to_sign_in(cast: Cast, client: FlaskClient, place: str) -> None:
    ticket = a_ticket(cast)
    assert client.post(f"/tickets/{ticket.reference}/{place}").location.startswith("/sign-in")
