"""The desk's list of every ticket."""

import pytest
from flask.testing import FlaskClient

from portal.core import clock
from portal.core.db import Database
from portal.tickets import services
from tests.portal.tickets.cast import Cast, SignInAs, a_cast, a_ticket
from tests.portal.tickets.conftest import as_, cast
from tests.portal.tickets.views.test_showing import statements

__all__ = ["a_cast", "as_", "cast"]


def test_an_agent_finds_by_a_note(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast, title="Slow")
    services.add_note(cast.session, ticket, body="三樓的交換器", by=cast.actor(cast.agent), at=clock.now())
    cast.session.commit()
    a_ticket(cast, title="Something else")
    page = as_(cast.agent).get("/desk/tickets?q=交换器").text
    assert "Slow" in page
    assert "Something else" not in page


def test_a_number_leads_straight_to_its_ticket(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    answer = as_(cast.agent).get(f"/desk/tickets?q={ticket.reference.lower()}")
    assert answer.location.endswith(f"/desk/tickets/{ticket.reference}")
    assert "No ticket has the number T-2026-999999." in as_(cast.agent).get("/desk/tickets?q=T-2026-999999").text


def test_mine_and_nobodys(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast, title="Taken on")
    services.assign(cast.session, ticket, agent_id=cast.agent.id, by=cast.actor(cast.agent), at=clock.now())
    cast.session.commit()
    a_ticket(cast, title="Free")
    browser = as_(cast.agent)
    assert "Taken on" in browser.get("/desk/tickets?whose=mine").text
    assert "Taken on" not in browser.get("/desk/tickets?whose=nobodys").text


@pytest.mark.parametrize("asked", ["", "?q=type", "?q=type&product=his&whose=mine&state=closed"])
def test_it_costs_four_statements(cast: Cast, as_: SignInAs, database: Database, asked: str) -> None:
    for _ in range(3):
        a_ticket(cast)
    browser = as_(cast.agent)
    assert browser.get(f"/desk/tickets{asked}").status_code == 200
    assert statements(database, lambda: browser.get(f"/desk/tickets{asked}")) <= 4


def test_a_customer_is_sent_away(cast: Cast, as_: SignInAs) -> None:
    assert as_(cast.tang).get("/desk/tickets?q=x").status_code == 403


def test_signed_out_goes_to_sign_in(client: FlaskClient) -> None:
    assert client.get("/desk/tickets").location.startswith("/sign-in")
