"""The queue of the desk."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.db import Database
from portal.tickets import services
from portal.tickets.models import Priority, TicketState
from tests.factories import a_contact, an_agent, an_organisation, limit_agent
from tests.portal.desk.scene import As, a_call_back, statements
from tests.portal.tickets.cast import Cast, a_ticket


def counts(page: str) -> dict[str, int]:
    """Return what stands beside each lane."""
    return {lane: int(number) for lane, number in re.findall(r'id="count-(\w+)"[^>]*>(\d+)<', page)}


def test_it_says_that_nothing_is_due(desk: FlaskClient) -> None:
    page = desk.get("/desk")
    assert page.status_code == 200
    assert "Nothing is due." in page.text


def test_it_shows_what_each_row_needs(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    services.assign(cast.session, ticket, agent_id=cast.agent.id, by=cast.actor(cast.agent), at=clock.now())
    page = desk.get("/desk").text
    for words in (ticket.reference, "Cannot type Chinese", "Qinghe People’s Hospital", ">P3<", "Chen Li", "10:17"):
        assert words in page


def test_it_is_ordered_by_what_is_due_next(cast: Cast, desk: FlaskClient) -> None:
    a_ticket(cast, title="Due later")
    a_ticket(cast, title="Due sooner", at=clock.now() - timedelta(minutes=5))
    page = desk.get("/desk").text
    assert page.index("Due sooner") < page.index("Due later")


def test_emergencies_stand_above_all_and_only_there(cast: Cast, desk: FlaskClient) -> None:
    a_ticket(cast, title="Due sooner", at=clock.now() - timedelta(minutes=5))
    a_ticket(cast, title="All has stopped", severity=Priority.P1, is_emergency=True)
    page = desk.get("/desk").text
    assert page.index("All has stopped") < page.index("Due sooner")
    assert page.count("All has stopped") == 1


def test_what_cannot_wait_stands_among_the_emergencies_whichever_way_it_came(cast: Cast, desk: FlaskClient) -> None:
    a_ticket(cast, title="Due sooner", at=clock.now() - timedelta(minutes=5))
    a_ticket(cast, title="From a questionnaire", severity=Priority.P1)
    a_ticket(cast, title="Work has stopped", is_emergency=True)
    page = desk.get("/desk").text
    assert page.index("From a questionnaire") < page.index("Due sooner")
    assert page.count("From a questionnaire") == 1
    lane = desk.get("/desk?lane=emergency").text
    assert "From a questionnaire" in lane
    assert "Due sooner" not in lane
    assert counts(lane)["emergency"] == 2


@pytest.mark.parametrize(("was", "is_now", "count"), [(Priority.P3, Priority.P1, 1), (Priority.P1, Priority.P3, 0)])
def test_an_agents_decision_on_the_priority_counts(
    cast: Cast, desk: FlaskClient, was: Priority, is_now: Priority, count: int
) -> None:
    ticket, agent = a_ticket(cast, severity=was), cast.actor(cast.agent)
    services.prioritise(cast.session, ticket, priority=is_now, because="As we agreed.", by=agent, at=clock.now())
    assert counts(desk.get("/desk").text)["emergency"] == count


def test_what_is_late_and_what_is_soon_is_marked(cast: Cast, desk: FlaskClient) -> None:
    a_ticket(cast, title="Late", at=clock.now() - timedelta(hours=1))
    a_ticket(cast, title="Soon")
    page = desk.get("/desk").text
    assert re.search(r'<span id="due-[^"]+" class="is-late">', page)
    assert "45 minutes late" in page
    assert re.search(r'<span id="due-[^"]+" class="is-soon">', page)
    assert "15 minutes left" in page
    assert "1 ticket is late" in page


def test_a_call_back_shows_the_phone_to_call(session: Session, desk: FlaskClient) -> None:
    a_call_back(session)
    page = desk.get("/desk").text
    assert "Not verified: Nurse Zhao, Qinghe" in page
    assert '<a class="num" href="tel:13900000007">139 0000 0007</a>' in page


@pytest.mark.parametrize(
    ("lane", "shown", "hidden"),
    [
        ("mine", {"Mine it is"}, {"Nobody has it", "Asked them"}),
        ("unassigned", {"Nobody has it"}, {"Mine it is", "Asked them"}),
        ("waiting", {"Asked them"}, {"Mine it is", "Nobody has it"}),
        ("due", {"Mine it is", "Nobody has it"}, {"Asked them"}),
        ("elsewhere", {"Mine it is", "Nobody has it"}, {"Asked them"}),
    ],
)
def test_it_can_be_narrowed_down(cast: Cast, desk: FlaskClient, lane: str, shown: set[str], hidden: set[str]) -> None:
    agent = cast.actor(cast.agent)
    mine = a_ticket(cast, title="Mine it is")
    services.assign(cast.session, mine, agent_id=cast.agent.id, by=agent, at=clock.now())
    a_ticket(cast, title="Nobody has it")
    asked = a_ticket(cast, title="Asked them")
    question = services.StateChange(to=TicketState.WAITING_CUSTOMER, words="Which ward?")
    services.change_state(cast.session, asked, change=question, by=agent, at=clock.now())
    page = desk.get(f"/desk?lane={lane}").text
    assert all(words in page for words in shown)
    assert not any(words in page for words in hidden)


def test_its_filters_count_what_they_show(cast: Cast, desk: FlaskClient) -> None:
    for number in range(3):
        a_ticket(cast, title=f"Number {number}")
    page = desk.get("/desk").text
    assert counts(page) == {"emergency": 0, "due": 3, "mine": 0, "team": 0, "unassigned": 3, "waiting": 0}


def test_a_long_queue_comes_in_parts(cast: Cast, desk: FlaskClient) -> None:
    for number in range(52):
        a_ticket(cast, title=f"Ticket number {number:02}", at=clock.now() + timedelta(seconds=number))
    first = desk.get("/desk").text
    assert "Ticket number 49" in first
    assert "Ticket number 50" not in first
    later = first.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
    second = desk.get(later).text
    assert "Ticket number 51" in second
    assert "Ticket number 49" not in second


@pytest.mark.parametrize("after", ["x", "2026-04-21~x", "2026-04-21T00:00~01a1ffa5-901f-758f-be73-9fe764250bea", "~"])
def test_a_place_that_cannot_be_read_is_the_beginning(cast: Cast, desk: FlaskClient, after: str) -> None:
    ticket = a_ticket(cast)
    assert ticket.reference in desk.get("/desk", query_string={"after": after}).text


def test_a_limited_agent_sees_only_their_own(cast: Cast, as_: As) -> None:
    theirs, elsewhere = an_agent(cast.session, "Zhou Lan"), an_organisation(cast.session, "Yunling")
    limit_agent(cast.session, theirs, organisations=(elsewhere,))
    a_ticket(cast, title="Not theirs")
    a_ticket(cast, by=a_contact(cast.session, elsewhere), title="All theirs")
    a_call_back(cast.session)
    page = as_(theirs).get("/desk").text
    assert "All theirs" in page
    assert "Not theirs" not in page
    assert "All counters are down" not in page
    assert counts(page)["due"] == 1


@pytest.mark.parametrize("rows", [0, 1, 20])
def test_it_costs_at_most_six_statements_however_long_it_is(cast: Cast, as_: As, database: Database, rows: int) -> None:
    limited = an_agent(cast.session, "Zhou Lan")
    limit_agent(cast.session, limited, products=("his",))
    for number in range(rows):
        a_ticket(cast, title=f"Number {number}", is_emergency=number % 2 == 0)
        a_call_back(cast.session)
    browser = as_(limited)
    assert statements(database, lambda: browser.get("/desk")) <= 7  # one of them asks for the limits
    everything = as_(cast.agent)
    assert statements(database, lambda: everything.get("/desk")) <= 6


def test_customers_stay_outside(cast: Cast, as_: As) -> None:
    assert as_(cast.manager).get("/desk").status_code == 403


def test_whoever_is_signed_out_goes_to_sign_in(client: FlaskClient) -> None:
    answer = client.get("/desk")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/sign-in")
