"""The pages of visits: agents write them down, customers read them, the desk sees what is overdue."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.core import clock
from portal.phrasebook.models import KeptTerm
from portal.tickets.models import Ticket
from portal.visits.models import Visit, VisitAction
from tests.portal.tickets.cast import Cast, SignInAs, a_ticket
from tests.portal.tickets.services.acts import resolve

FILLED = {
    "visited_on": "2026-04-20",
    "who": "Chen Li",
    "found": "One disk is failing.",
    "action_1": "Replace the second disk",
    "due_1": "2026-04-24",
}


def write(browser: FlaskClient, ticket: Ticket, **values: str) -> int:
    """Send the form of a visit."""
    data = {**FILLED, "once": "c" * 32, **values}
    return browser.post(f"/desk/tickets/{ticket.reference}/visits", data=data).status_code


def visits(cast: Cast) -> int:
    return len(cast.session.scalars(select(Visit)).all())


@pytest.mark.parametrize("locale", ["en", "zh_Hans", "zh_Hant"])
def test_the_customer_reads_it_in_every_language(cast: Cast, as_: SignInAs, locale: str) -> None:
    ticket = a_ticket(cast)
    assert write(as_(cast.agent), ticket) == 303
    customer = as_(cast.tang)
    customer.set_cookie("locale", locale)
    page = customer.get(f"/tickets/{ticket.reference}").text
    assert "Replace the second disk" in page
    assert "One disk is failing." in page


def test_the_page_asks(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    assert as_(cast.agent).get(f"/desk/tickets/{ticket.reference}/visits/new").status_code == 200


def test_a_double_click_writes_it_down_once(cast: Cast, as_: SignInAs) -> None:
    ticket, desk = a_ticket(cast), as_(cast.agent)
    write(desk, ticket)
    write(desk, ticket)
    assert visits(cast) == 1


@pytest.mark.parametrize(
    "values",
    [
        {"visited_on": ""},
        {"visited_on": "yesterday"},
        {"visited_on": "2026-04-22"},
        {"who": ""},
        {"found": ""},
        {"due_1": ""},
        {"due_1": "2026-04-20"},
        {"action_1": ""},
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_lost(cast: Cast, as_: SignInAs, values: dict[str, str]) -> None:
    ticket = a_ticket(cast)
    data = {**FILLED, **values}
    page = as_(cast.agent).post(f"/desk/tickets/{ticket.reference}/visits", data=data)
    assert page.status_code == 422
    assert all(value in page.text for value in data.values())
    assert visits(cast) == 0


def test_an_agent_says_that_it_is_done_and_twice_is_no_fault(cast: Cast, as_: SignInAs) -> None:
    ticket, desk = a_ticket(cast), as_(cast.agent)
    write(desk, ticket)
    action_id = cast.session.scalars(select(VisitAction.id)).one()
    for once in ("d" * 32, "e" * 32):
        path = f"/desk/tickets/{ticket.reference}/actions/{action_id}/done"
        assert desk.post(path, data={"once": once}).status_code == 303
    assert "Done " in as_(cast.tang).get(f"/tickets/{ticket.reference}").text


def test_an_action_is_done_on_its_own_ticket_only(cast: Cast, as_: SignInAs) -> None:
    ticket, other, desk = a_ticket(cast), a_ticket(cast), as_(cast.agent)
    write(desk, ticket)
    action_id = cast.session.scalars(select(VisitAction.id)).one()
    assert desk.post(f"/desk/tickets/{other.reference}/actions/{action_id}/done").status_code == 404


def test_the_desk_sees_what_is_overdue(cast: Cast, as_: SignInAs) -> None:
    ticket, desk = a_ticket(cast), as_(cast.agent)
    write(desk, ticket)
    assert "Replace the second disk" not in desk.get("/desk").text
    with clock.stopped_at(clock.now() + timedelta(days=4)):
        page = desk.get("/desk").text
    assert "Replace the second disk" in page
    assert "overdue" in page


def test_a_ticket_without_a_visit_says_nothing_of_visits(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    assert "Visits" not in as_(cast.tang).get(f"/tickets/{ticket.reference}").text


def test_a_solved_ticket_can_still_be_visited_and_an_ended_one_not(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    resolve(cast, ticket)
    desk = as_(cast.agent)
    assert write(desk, ticket) == 303
    as_(cast.tang).post(f"/tickets/{ticket.reference}/outcome", data={"outcome": "ok", "once": "f" * 32})
    assert write(desk, ticket, once="g" * 32) == 403


def test_a_customer_is_sent_away(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    assert write(as_(cast.tang), ticket) == 403


def test_a_ticket_that_is_not_there_is_404(cast: Cast, as_: SignInAs) -> None:
    assert as_(cast.agent).get("/desk/tickets/T-2026-999999/visits/new").status_code == 404


def test_signed_out_goes_to_sign_in(cast: Cast, client: FlaskClient) -> None:
    assert write(client, a_ticket(cast)) == 303
    assert visits(cast) == 0


def test_it_is_not_there_to_be_read(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    assert as_(cast.agent).get(f"/desk/tickets/{ticket.reference}/visits").status_code == 405


def test_what_was_found_is_checked_before_the_customer_reads_it(cast: Cast, as_: SignInAs) -> None:
    ticket, desk = a_ticket(cast), as_(cast.agent)
    said = {"found": "A deadlock in the database.", "once": "d" * 32}
    asked = desk.post(f"/desk/tickets/{ticket.reference}/visits", data={**FILLED, **said})
    assert asked.status_code == 422
    assert "Customers may stumble over these words" in asked.text
    assert "<b>deadlock</b>" in asked.text
    assert visits(cast) == 0
    long = {**FILLED, **said, "kept_because": "long " * 61}
    assert 'id="kept_because-error"' in desk.post(f"/desk/tickets/{ticket.reference}/visits", data=long).text
    assert write(desk, ticket, **said, kept_because="Their engineer was there") == 303
    assert [each.term for each in cast.session.scalars(select(KeptTerm))] == ["deadlock"]
