"""What the queue says while somebody looks at it."""

import re

from flask.testing import FlaskClient

from portal.core import clock
from portal.tickets import services
from portal.tickets.models import TicketState
from tests.portal.desk.scene import As
from tests.portal.tickets.cast import Cast, a_ticket


def refreshed(desk: FlaskClient, *shown: str, **asked: str) -> str:
    """Return what changes on a queue that shows some tickets."""
    return desk.get("/desk/refresh", query_string={"shown": ",".join(shown), **asked}).text


def test_the_queue_asks_for_what_has_changed(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    page = desk.get("/desk?lane=unassigned").text
    assert 'hx-get="/desk/refresh?lane=unassigned" hx-trigger="every 30s" hx-swap="none"' in page
    assert f'name="shown" value="{ticket.reference}"' in page


def test_a_new_ticket_is_announced_and_not_put_into_the_list(cast: Cast, desk: FlaskClient) -> None:
    shown, new = a_ticket(cast), a_ticket(cast)
    piece = refreshed(desk, shown.reference)
    assert "1 new ticket." in piece
    assert '<a href="/desk">Show the queue as it is now</a>' in piece
    assert new.reference not in piece


def test_what_was_told_already_is_not_told_again(cast: Cast, desk: FlaskClient) -> None:
    a_ticket(cast)
    assert "new ticket" not in refreshed(desk, told="1")


def test_news_that_are_none_any_more_are_taken_back(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    assert 'id="queue-news" role="status" class="crumb num table-wrap" hx-swap-oob="innerHTML">&#160;</p>' in refreshed(
        desk, ticket.reference, told="1"
    )


def test_rows_change_where_they_stand(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    services.assign(cast.session, ticket, agent_id=cast.agent.id, by=cast.actor(cast.agent), at=clock.now())
    piece = refreshed(desk, ticket.reference)
    assert f'<span id="owner-{ticket.reference}" hx-swap-oob="true">Chen Li</span>' in piece
    assert f'<span id="state-{ticket.reference}" hx-swap-oob="true">New</span>' in piece


def test_a_ticket_that_has_left_the_lane_says_so_and_stays_where_it_is(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    question = services.StateChange(to=TicketState.WAITING_CUSTOMER, words="Which ward?")
    services.change_state(cast.session, ticket, change=question, by=cast.actor(cast.agent), at=clock.now())
    piece = refreshed(desk, ticket.reference)
    assert "no longer in this lane" in piece
    assert "Waits for the customer" in piece


def test_the_counts_of_all_lanes_come_along(cast: Cast, desk: FlaskClient) -> None:
    a_ticket(cast)
    assert re.search(r'<span id="count-unassigned" hx-swap-oob="true">1</span>', refreshed(desk))


def test_only_what_an_agent_may_see_is_told(cast: Cast, as_: As, desk: FlaskClient) -> None:
    assert refreshed(desk, "T-2026-999999").count("T-2026-999999") == 0
    assert as_(cast.tang).get("/desk/refresh").status_code == 403
