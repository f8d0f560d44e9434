"""Decisions about a ticket from the desk: whose it is, how urgent, solved, opened again."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.core import clock
from portal.tickets import services
from portal.tickets.models import Priority, Ticket, TicketState
from tests.factories import an_agent
from tests.portal.desk.scene import As, keys, kinds, now_of
from tests.portal.tickets.cast import Cast, a_ticket

SOLUTION = {"cause": "A full disk", "fix": "We cleared it", "prevention": "It is watched now"}


def send(desk: FlaskClient, ticket: Ticket, path: str, prefix: str, **values: str) -> TestResponse:
    """Send one of the forms as the ticket's page has it."""
    fields = {f"{prefix}-{name}": value for name, value in values.items()}
    return desk.post(f"/desk/tickets/{ticket.reference}/{path}", data={**keys(desk, ticket, prefix), **fields})


def test_an_agent_takes_a_ticket(cast: Cast, desk: FlaskClient, as_: As) -> None:
    ticket = a_ticket(cast)
    assert send(desk, ticket, "assignee", "taking").status_code == 303
    assert now_of(cast.session, ticket).assignee_id == cast.agent.id
    assert "Chen Li" in as_(cast.tang).get(f"/tickets/{ticket.reference}").text
    assert "Assign to me" not in desk.get(f"/desk/tickets/{ticket.reference}").text


def test_an_agent_takes_a_ticket_over(cast: Cast, desk: FlaskClient, as_: As) -> None:
    ticket, other = a_ticket(cast), an_agent(cast.session, "Zhou Lan")
    send(desk, ticket, "assignee", "taking")
    theirs = as_(other)
    assert "Take over from Chen Li" in theirs.get(f"/desk/tickets/{ticket.reference}").text
    send(theirs, ticket, "assignee", "taking")
    assert now_of(cast.session, ticket).assignee_id == other.id


def test_the_second_of_two_who_take_it_at_once_is_told(cast: Cast, desk: FlaskClient, as_: As) -> None:
    ticket, other = a_ticket(cast), as_(an_agent(cast.session, "Zhou Lan"))
    seen = keys(other, ticket, "taking")
    send(desk, ticket, "assignee", "taking")
    answer = other.post(f"/desk/tickets/{ticket.reference}/assignee", data=seen)
    assert answer.status_code == 422
    assert "Something happened while you were writing." in answer.text
    assert now_of(cast.session, ticket).assignee_id == cast.agent.id


def test_a_priority_comes_with_its_reason(cast: Cast, desk: FlaskClient, as_: As) -> None:
    ticket = a_ticket(cast)
    answer = send(desk, ticket, "priority", "priority", priority="P1", because="The whole ward waits")
    assert answer.status_code == 303
    found = now_of(cast.session, ticket)
    assert (found.priority, found.severity, found.because) == (Priority.P1, Priority.P3, "The whole ward waits")
    page = desk.get(f"/desk/tickets/{ticket.reference}").text
    assert "The whole ward waits" in page
    assert "The answers suggested P3." in page
    assert "The whole ward waits" in as_(cast.tang).get(f"/tickets/{ticket.reference}").text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"priority": "P2", "because": " "}, "Write the reason. The customer reads it."),
        ({"priority": "P5", "because": "Typed with care"}, "Choose one of P1 to P4."),
        ({"priority": "P2", "because": "x" * 301}, "Keep it under 300 characters."),
    ],
)
def test_a_priority_is_refused_with_everything_kept(
    cast: Cast, desk: FlaskClient, values: dict[str, str], words: str
) -> None:
    ticket = a_ticket(cast)
    answer = send(desk, ticket, "priority", "priority", **values)
    assert answer.status_code == 422
    assert words in answer.text
    assert f'value="{values["because"].strip()}"' in answer.text
    assert now_of(cast.session, ticket).priority == Priority.P3


def test_a_solution_is_sent_with_cause_fix_and_prevention(cast: Cast, desk: FlaskClient, as_: As) -> None:
    ticket = a_ticket(cast)
    assert send(desk, ticket, "resolution", "solving", **SOLUTION).status_code == 303
    assert now_of(cast.session, ticket).state == TicketState.RESOLVED
    page = as_(cast.tang).get(f"/tickets/{ticket.reference}").text
    assert all(words in page for words in SOLUTION.values())


@pytest.mark.parametrize("missing", list(SOLUTION))
def test_a_solution_without_all_three_is_refused_with_the_others_kept(
    cast: Cast, desk: FlaskClient, missing: str
) -> None:
    ticket = a_ticket(cast)
    answer = send(desk, ticket, "resolution", "solving", **{**SOLUTION, missing: ""})
    assert answer.status_code == 422
    assert f'href="#solving-{missing}"' in answer.text
    assert all(words in answer.text for part, words in SOLUTION.items() if part != missing)
    assert kinds(cast.session, ticket) == ["opened"]


def test_what_is_solved_already_is_not_solved_again(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    seen = keys(desk, ticket, "solving")
    send(desk, ticket, "resolution", "solving", **SOLUTION)
    fields = {f"solving-{part}": words for part, words in SOLUTION.items()}
    data = {**seen, **fields, "solving-once": "b" * 32, "solving-version": str(now_of(cast.session, ticket).version)}
    answer = desk.post(f"/desk/tickets/{ticket.reference}/resolution", data=data)
    assert answer.status_code == 422
    assert "This can&#39;t be done with the ticket as it now stands." in answer.text
    assert kinds(cast.session, ticket).count("resolved") == 1


def test_a_solved_ticket_is_opened_again(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    send(desk, ticket, "resolution", "solving", **SOLUTION)
    assert send(desk, ticket, "reopening", "reopening").status_code == 303
    assert now_of(cast.session, ticket).state == TicketState.IN_PROGRESS


def test_what_closed_long_ago_is_not_opened_again(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast, at=clock.now() - timedelta(days=40))
    agent, tang, long_ago = cast.actor(cast.agent), cast.actor(cast.tang), clock.now() - timedelta(days=30)
    services.resolve(cast.session, ticket, resolution=services.Resolution(**SOLUTION), by=agent, at=long_ago)
    services.confirm(cast.session, ticket, by=tang, at=long_ago)
    cast.session.commit()
    assert "Open it again" not in desk.get(f"/desk/tickets/{ticket.reference}").text
    data = {"reopening-once": "c" * 32, "reopening-version": str(ticket.version)}
    assert desk.post(f"/desk/tickets/{ticket.reference}/reopening", data=data).status_code == 422
    assert now_of(cast.session, ticket).state == TicketState.CLOSED
