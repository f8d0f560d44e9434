"""The board of a limited agent begins with everything that they serve, added up, and leads back there."""

import re
from collections.abc import Callable
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.accounts.models import Organisation, Person
from portal.board import services
from portal.board.queries.deflected import what_helped
from portal.board.queries.figures import Scope, first_scope
from portal.core import clock
from portal.core.actor import Actor
from portal.core.db import Database, new_id
from portal.interviews.models import Deflection
from portal.tickets.models import Ticket
from tests import factories
from tests.portal.tickets.cast import Cast, a_cast, a_ticket

BEIJING = ZoneInfo("Asia/Shanghai")
SignIn = Callable[[Person], FlaskClient]
BACK = "Back to everything you serve"


@pytest.fixture
def cast(session: Session) -> Cast:
    """Return people and three products."""
    cast = a_cast(session)
    for code in ("emr", "pacs"):
        factories.a_product(session, code, {"en": code.upper()})
    return cast


@pytest.fixture
def tickets(cast: Cast, database: Database) -> dict[str, list[str]]:
    """Report three problems of each product, two of them elsewhere, and count them; returns their numbers."""
    found = {}
    for code, words in (("his", "列表打不开"), ("emr", "病历列表白屏"), ("pacs", "影像模糊")):
        made = [a_ticket(cast, title=words, by=by) for by in (cast.tang, cast.stranger, cast.stranger)]
        for each in made:
            row = cast.session.get_one(Ticket, each.id)
            row.product_code, row.module_code = code, ""
        found[code] = [each.reference for each in made]
    cast.session.commit()
    with database.write() as writing:
        services.count_changes(writing, zone=BEIJING)
        while words_found := services.find_words(writing, zone=BEIJING, at=clock.now()):
            services.keep_words(writing, words_found)
    return found


def limited(cast: Cast, signed_in: SignIn, *products: str, organisations: bool = False) -> FlaskClient:
    """Return the browser of somebody who serves some products, or the two organisations, or both alone."""
    agent = factories.an_agent(cast.session, "Sun Limited")
    both = (cast.organisation, cast.session.get_one(Organisation, cast.stranger.organisation_id))
    factories.limit_agent(cast.session, agent, products=products, organisations=both if organisations else ())
    cast.session.commit()
    return signed_in(cast.session.get_one(Person, agent.person_id))


def behind_opened(browser: FlaskClient, page: str) -> set[str]:
    """Return the numbers of the tickets behind the latest week's problems."""
    link = re.search(r'href="(/desk/board/tickets\?measure=opened[^"]*)">', page)
    assert link is not None
    return set(re.findall(r"T-2026-\d+", browser.get(unescape(link[1])).text))


@pytest.mark.parametrize("organisations", [False, True])
def test_it_adds_up_every_product_that_somebody_serves_and_nothing_else(
    cast: Cast, tickets: dict[str, list[str]], signed_in: SignIn, organisations: bool
) -> None:
    browser = limited(cast, signed_in, "his", "emr", organisations=organisations)
    page = browser.get("/desk/board/").text
    assert BACK not in page
    assert behind_opened(browser, page) == {*tickets["his"], *tickets["emr"]}
    assert 'measure=opened&amp;scope=served&amp;from=2026-04-20&amp;until=2026-04-27">6</a>' in page


def test_it_adds_up_every_organisation(cast: Cast, tickets: dict[str, list[str]], signed_in: SignIn) -> None:
    browser = limited(cast, signed_in, organisations=True)
    page = browser.get("/desk/board/").text
    assert behind_opened(browser, page) == {each for found in tickets.values() for each in found}


def test_the_words_of_everything_served_are_added_up_and_lead_to_their_tickets(
    cast: Cast, tickets: dict[str, list[str]], signed_in: SignIn
) -> None:
    browser = limited(cast, signed_in, "his", "emr")
    page = browser.get("/desk/board/").text
    link = re.search(r'href="(/desk/board/tickets\?word=%E5%88%97%E8%A1%A8[^"]*)">列表', page)
    assert link is not None
    assert "100 %, before 0 %" in page
    assert "模糊" not in page
    said = browser.get(unescape(link[1])).text
    assert all(each in said for each in (*tickets["his"], *tickets["emr"]))


@pytest.mark.usefixtures("tickets")
def test_each_product_leads_back_to_everything_served(cast: Cast, signed_in: SignIn) -> None:
    browser = limited(cast, signed_in, "his", "emr")
    page = browser.get("/desk/board/?scope=product:emr").text
    assert BACK in page
    assert browser.get("/desk/board/?scope=served").text.count("<h1>How customers fare</h1>") == 1
    assert browser.get("/desk/board/?scope=product:pacs").status_code == 404
    assert browser.get("/desk/board/?scope=all").status_code == 404
    assert BACK not in limited(cast, signed_in, "emr").get("/desk/board/").text


def test_who_is_limited_to_nothing_serves_nothing(cast: Cast, tickets: dict[str, list[str]], signed_in: SignIn) -> None:
    browser = limited(cast, signed_in)
    page = browser.get("/desk/board/").text
    assert "measure=opened" not in page
    shown = browser.get("/desk/board/tickets?measure=opened").text
    assert not any(each in shown for found in tickets.values() for each in found)


def test_what_helped_without_a_ticket_is_of_everything_served(cast: Cast, session: Session) -> None:
    for product in ("his", "emr", "pacs"):
        about = {"organisation_id": cast.organisation.id, "product_code": product}
        session.add(Deflection(interview_id=new_id(), at=clock.now(), **about))
    session.commit()
    day = clock.now().astimezone(BEIJING).date()
    of_two = first_scope(Actor(role=cast.actor(cast.agent).role, products=frozenset({"his", "emr"})))
    for scope, number in ((of_two, 2), (Scope(), 3)):
        found = what_helped(session, scope, (day, day.replace(day=day.day + 1)), zone=BEIJING, locale="en")
        assert sum(each.number for each in found) == number
