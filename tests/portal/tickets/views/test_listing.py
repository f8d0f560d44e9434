"""The list of a customer's tickets."""

import pytest
from flask.testing import FlaskClient

from portal.core.db import Database
from tests.portal.tickets.cast import Cast, SignInAs, a_ticket
from tests.portal.tickets.views.test_showing import statements


def test_it_lists_with_who_has_it_and_by_when(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    page = as_(cast.tang).get("/tickets").text
    assert ticket.reference in page
    assert "a person answers by then" in page


def test_an_empty_list_says_what_will_be_here(cast: Cast, as_: SignInAs) -> None:
    assert "You have not reported anything yet." in as_(cast.tang).get("/tickets").text


def test_a_number_leads_straight_to_its_ticket(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    answer = as_(cast.tang).get(f"/tickets?q={ticket.reference.lower()}")
    assert answer.location.endswith(f"/tickets/{ticket.reference}")


def test_a_strangers_number_is_not_found(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    answer = as_(cast.stranger).get(f"/tickets?q={ticket.reference}")
    assert answer.status_code == 200
    assert "No problem of yours has the number" in answer.text


@pytest.mark.parametrize(
    "query", ["state=nonsense", "after=nonsense", "after=2026-04-21~x", "q=%00%F0", "state=", "whose=%F0&product=x"]
)
def test_an_address_that_somebody_changed_is_no_trouble(cast: Cast, as_: SignInAs, query: str) -> None:
    a_ticket(cast)
    assert as_(cast.tang).get(f"/tickets?{query}").status_code == 200


def test_older_ones_are_a_click_away(cast: Cast, as_: SignInAs) -> None:
    for _ in range(22):
        a_ticket(cast)
    browser = as_(cast.tang)
    page = browser.get("/tickets").text
    assert page.count('<li class="row">') == 20
    older = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert browser.get(older).text.count('<li class="row">') == 2


@pytest.mark.parametrize("rows", [0, 1, 20])
def test_it_costs_four_statements_however_many_there_are(
    cast: Cast, as_: SignInAs, database: Database, rows: int
) -> None:
    for _ in range(rows):
        a_ticket(cast)
    browser = as_(cast.tang)
    assert statements(database, lambda: browser.get("/tickets")) <= 4


def test_what_is_looked_for_stands_in_the_address_and_stays_there(cast: Cast, as_: SignInAs) -> None:
    for number in range(22):
        a_ticket(cast, title=f"Slow {number}")
    a_ticket(cast, title="Something else")
    page = as_(cast.manager).get("/tickets?q=slow&product=his&whose=all&state=ours").text
    assert 'name="product" value="his"' in page
    assert "All 22" in page
    older = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert "q=slow" in older
    assert "state=ours" in older
    assert as_(cast.manager).get(older).text.count('<li class="row">') == 2
    assert "/tickets?q=slow&amp;state=closed&amp;product=his" in page


def test_nothing_found_says_what_to_try(cast: Cast, as_: SignInAs) -> None:
    a_ticket(cast)
    page = as_(cast.tang).get("/tickets?q=<b>nowhere").text
    assert "Nothing was found for “&lt;b&gt;nowhere”." in page
    assert "You have not reported anything yet." not in page


@pytest.mark.parametrize("asked", ["q=type", "q=T-2026-999999", "q=type&product=his&whose=mine&state=closed"])
def test_searching_costs_four_statements(cast: Cast, as_: SignInAs, database: Database, asked: str) -> None:
    for _ in range(3):
        a_ticket(cast)
    browser = as_(cast.manager)
    assert statements(database, lambda: browser.get(f"/tickets?{asked}")) <= 4


def test_an_agent_is_sent_away(cast: Cast, as_: SignInAs) -> None:
    assert as_(cast.agent).get("/tickets").status_code == 403


def test_signed_out_goes_to_sign_in(client: FlaskClient) -> None:
    assert client.get("/tickets").location.startswith("/sign-in")
