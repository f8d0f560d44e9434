"""The form with which an agent decides on a wish, and what the customer reads of it."""

import pytest
from flask.testing import FlaskClient

from portal.tickets.models import Ticket
from tests.portal.desk.scene import As, keys, now_of
from tests.portal.tickets.cast import Cast, a_ticket

FILLED = {
    "verdict-kind": "feature",
    "verdict-decision": "accepted",
    "verdict-words": "Many hospitals ask for it.",
    "verdict-target": "5.7.0",
    "verdict-around": "2026-09-01",
}


def send(desk: FlaskClient, ticket: Ticket, **values: str) -> int:
    """Send the form of a decision."""
    data = {**FILLED, **keys(desk, ticket, "verdict"), **values}
    return desk.post(f"/desk/tickets/{ticket.reference}/decision", data=data).status_code


@pytest.mark.parametrize("locale", ["en", "zh_Hans", "zh_Hant"])
@pytest.mark.parametrize("decision", ["accepted", "later", "declined"])
@pytest.mark.parametrize("kind", ["feature", "service"])
@pytest.mark.slow
def test_every_decision_has_a_page_in_every_language(
    cast: Cast, desk: FlaskClient, as_: As, kind: str, decision: str, locale: str
) -> None:
    ticket = a_ticket(cast)
    values = {"verdict-kind": kind, "verdict-decision": decision, "verdict-target": ""}
    assert send(desk, ticket, **values) == 303
    customer = as_(cast.tang)
    customer.set_cookie("locale", locale)
    page = customer.get(f"/tickets/{ticket.reference}")
    assert page.status_code == 200
    assert "Many hospitals ask for it." in page.text


def test_the_customer_reads_the_version_and_the_day(cast: Cast, desk: FlaskClient, as_: As) -> None:
    ticket = a_ticket(cast)
    send(desk, ticket)
    page = as_(cast.tang).get(f"/tickets/{ticket.reference}").text
    assert "Wish for the product: accepted" in page
    assert "The fix comes with version 5.7.0" not in page
    assert "5.7.0" in page


@pytest.mark.parametrize(
    "values",
    [
        {"verdict-words": ""},
        {"verdict-kind": "problem"},
        {"verdict-decision": "perhaps"},
        {"verdict-around": "soon"},
        {"verdict-target": "5" * 61},
    ],
)
def test_what_is_missing_is_asked_for(cast: Cast, desk: FlaskClient, values: dict[str, str]) -> None:
    ticket = a_ticket(cast)
    assert send(desk, ticket, **values) == 422
    assert now_of(cast.session, ticket).decision is None


def test_a_customer_is_sent_away(cast: Cast, as_: As) -> None:
    ticket = a_ticket(cast)
    assert as_(cast.tang).post(f"/desk/tickets/{ticket.reference}/decision", data=FILLED).status_code == 403


def test_a_ticket_that_is_not_there_is_404(desk: FlaskClient) -> None:
    assert desk.post("/desk/tickets/T-2026-999999/decision", data=FILLED).status_code == 404


def test_it_is_not_there_to_be_read(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    assert desk.get(f"/desk/tickets/{ticket.reference}/decision").status_code == 405
