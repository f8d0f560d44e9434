"""Did you do exactly this? Asked on the desk, answered by the customer."""

import re

import pytest
from sqlalchemy.orm import Session

from portal.core import clock
from portal.tickets import services
from portal.tickets.models import Event, Ticket, TicketState
from tests.portal.desk.scene import As, keys, now_of
from tests.portal.tickets.cast import DOCUMENT, Cast, a_ticket

STEPS = [
    {"did": "Press {key:F7}", "expected": "A list", "saw": "Nothing"},
    {"did": "Wait a minute", "expected": "", "saw": "Still nothing"},
]


@pytest.fixture
def asked(cast: Cast, as_: As) -> Ticket:
    """Return a ticket on which the customer is asked, as the desk does it."""
    ticket, desk = a_ticket(cast, document={**DOCUMENT, "steps": STEPS}), as_(cast.agent)
    assert "Ask whether they did exactly this" in desk.get(f"/desk/tickets/{ticket.reference}").text
    sent = {**keys(desk, ticket, "stepping"), "stepping-words": "Was it just like this?"}
    assert desk.post(f"/desk/tickets/{ticket.reference}/steps", data=sent).status_code == 303
    return ticket


def test_the_customer_is_led_to_the_steps(cast: Cast, session: Session, asked: Ticket, as_: As) -> None:
    assert now_of(session, asked).state == TicketState.WAITING_CUSTOMER
    browser = as_(cast.tang)
    assert f'href="/tickets/{asked.reference}/steps"' in browser.get(f"/tickets/{asked.reference}").text
    page = browser.get(f"/tickets/{asked.reference}/steps").text
    assert "Was it just like this?" in page
    assert '<kbd class="key">F7</kbd>' in page
    assert "Did you do step 2 exactly so?" in page


def test_the_answers_wake_the_ticket_and_stand_on_the_desk(
    cast: Cast, session: Session, asked: Ticket, as_: As
) -> None:
    sent = {"step-1": "no", "instead-1": "I pressed F8", "step-2": "yes", "once": "k"}
    assert as_(cast.tang).post(f"/tickets/{asked.reference}/steps", data=sent).status_code == 303
    assert now_of(session, asked).state == TicketState.IN_PROGRESS
    assert now_of(session, asked).next_due_at is not None
    page = as_(cast.agent).get(f"/desk/tickets/{asked.reference}").text
    assert "Step 1: differently" in page
    assert "Step 2: exactly so" in page
    assert "1. I pressed F8" in page
    assert "Step 1: differently" in as_(cast.tang).get(f"/tickets/{asked.reference}").text


def test_sending_them_twice_is_once(cast: Cast, session: Session, asked: Ticket, as_: As) -> None:
    browser = as_(cast.tang)
    for _ in range(2):
        browser.post(f"/tickets/{asked.reference}/steps", data={"step-1": "yes", "step-2": "yes", "once": "k"})
    assert session.query(Event).filter(Event.ticket_id == asked.id, Event.kind == "replied").count() == 1


def test_what_is_missing_is_named_and_the_rest_is_kept(cast: Cast, asked: Ticket, as_: As) -> None:
    answer = as_(cast.tang).post(f"/tickets/{asked.reference}/steps", data={"step-1": "no", "instead-2": "Keep me"})
    assert answer.status_code == 422
    assert "Write what you did at step 1 instead." in answer.text
    assert "Choose “Yes” or “No” for step 2." in answer.text
    assert "Keep me</textarea>" in answer.text
    assert re.search(r'id="step-1-2"[^>]* checked', answer.text)


def test_where_nothing_is_asked_the_ticket_is_shown(cast: Cast, as_: As) -> None:
    ticket = a_ticket(cast, document={**DOCUMENT, "steps": STEPS})
    browser = as_(cast.tang)
    for answer in (
        browser.get(f"/tickets/{ticket.reference}/steps"),
        browser.post(f"/tickets/{ticket.reference}/steps"),
    ):
        assert answer.status_code in (303, 404)


def test_steps_that_have_changed_are_not_asked_about(cast: Cast, session: Session, asked: Ticket, as_: As) -> None:
    held = now_of(session, asked)
    services.revise_snapshot(
        session, held, document={**DOCUMENT, "steps": STEPS[:1]}, by=cast.actor(cast.tang), at=clock.now()
    )
    session.commit()
    assert as_(cast.tang).get(f"/tickets/{asked.reference}/steps").status_code == 303


def test_strangers_find_nothing(cast: Cast, asked: Ticket, as_: As) -> None:
    assert as_(cast.stranger).get(f"/tickets/{asked.reference}/steps").status_code == 404
    assert as_(cast.agent).get(f"/tickets/{asked.reference}/steps").status_code == 403


def test_it_is_not_asked_while_the_ticket_waits_for_the_customer(cast: Cast, asked: Ticket, as_: As) -> None:
    desk = as_(cast.agent)
    assert "Ask whether they did exactly this" not in desk.get(f"/desk/tickets/{asked.reference}").text
