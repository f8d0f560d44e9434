"""The board shows the figures of what somebody serves, and each leads to its tickets."""

import re
from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Person
from portal.board import services
from portal.board.queries.figures import Scope, Sum
from portal.board.queries.suggesting import Suggestion, suggestions
from portal.core import clock
from portal.core.db import Database
from portal.tickets import services as tickets
from portal.tickets.models import Ticket
from portal.tickets.services import Resolution, Update
from tests import factories
from tests.portal.tickets.cast import Cast, a_cast, a_ticket

BEIJING = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def cast(session: Session) -> Cast:
    """Return people and a product."""
    return a_cast(session)


def browser_of(cast: Cast, agent: Agent, signed_in: Callable[[Person], FlaskClient]) -> FlaskClient:
    return signed_in(cast.session.get_one(Person, agent.person_id))


def count(database: Database) -> None:
    with database.write() as session:
        services.count_changes(session, zone=BEIJING)


def test_every_figure_leads_to_its_tickets(
    cast: Cast, database: Database, signed_in: Callable[[Person], FlaskClient]
) -> None:
    ticket = a_ticket(cast)
    count(database)
    browser = browser_of(cast, cast.agent, signed_in)
    assert browser.get("/desk/board/").status_code == 200
    assert ticket.reference in browser.get("/desk/board/tickets?measure=opened").text
    assert (
        ticket.reference not in browser.get("/desk/board/tickets?measure=opened&from=2026-01-01&until=2026-02-01").text
    )
    assert ticket.reference in browser.get("/desk/board/tickets?measure=opened&scope=module:his/orders").text


def test_every_number_of_the_board_is_a_link(
    cast: Cast, database: Database, signed_in: Callable[[Person], FlaskClient]
) -> None:
    live(cast, database)
    page = browser_of(cast, cast.agent, signed_in).get("/desk/board/").text
    cells = re.findall(r"<td data-l=[^>]*>(.*?)</td>", page, re.DOTALL)
    assert len(cells) > 20
    assert [each for each in cells if re.search(r"[1-9]", re.sub(r"<[^>]*>", "", each)) and "<a " not in each] == []


def test_the_board_speaks_of_one_stretch_of_time(
    cast: Cast, database: Database, signed_in: Callable[[Person], FlaskClient]
) -> None:
    with clock.stopped_at(clock.now() - timedelta(weeks=6)):
        live(cast, database)
    browser = browser_of(cast, cast.agent, signed_in)
    assert "1 first replies" not in browser.get("/desk/board/").text
    longer = browser.get("/desk/board/?weeks=8").text
    assert "1 first replies" in longer
    assert "from=2026-03-02&amp;until=2026-04-27" in longer


def count_words(database: Database) -> None:
    with database.write() as session:
        while found := services.find_words(session, zone=BEIJING, at=clock.now()):
            services.keep_words(session, found)


def live(cast: Cast, database: Database) -> None:
    """Answer and solve one ticket, and count it."""
    ticket, chen = a_ticket(cast), cast.actor(cast.agent)
    solution = Resolution(cause="A setting", fix="Set right", prevention="Checked")
    with database.write() as session:
        held = session.get_one(Ticket, ticket.id)
        later = clock.now() + timedelta(minutes=7)
        tickets.add_update(session, held, update=Update(body="We look at it"), by=chen, at=later)
        tickets.resolve(session, held, resolution=solution, by=chen, at=later + timedelta(hours=1))
    count(database)


def test_a_limited_agent_sees_the_figures_of_what_they_serve_alone(
    cast: Cast, database: Database, session: Session, signed_in: Callable[[Person], FlaskClient]
) -> None:
    a_ticket(cast)
    count(database)
    limited = factories.an_agent(session, "Sun Limited")
    factories.a_product(session, "emr")
    factories.limit_agent(session, limited, products=("emr",))
    browser = browser_of(cast, limited, signed_in)
    assert browser.get("/desk/board/").status_code == 200
    assert browser.get("/desk/board/?scope=product:his").status_code == 404
    assert browser.get(f"/desk/board/?scope=organisation:{cast.organisation.id.hex}").status_code == 404
    assert browser.get("/desk/board/?scope=all").status_code == 404


def test_a_report_of_a_month_is_a_page_a_table_and_a_pdf(
    cast: Cast, database: Database, signed_in: Callable[[Person], FlaskClient]
) -> None:
    a_ticket(cast)
    count(database)
    browser = browser_of(cast, cast.agent, signed_in)
    page = browser.post("/desk/board/reports", data={"month": "2026-04", "about": "his"}).location
    assert "April 2026" in browser.get(page).text
    assert ">2026-04" not in browser.get(page).text
    assert "opened,Problems reported,1,0,,,0,0,," in browser.get(f"{page}/table").text
    assert browser.post(f"{page}/paper").status_code == 303
    assert "The PDF is being made" in browser.get(page).text
    by_name = {"month": "2026-04", "about": "", "organisation": cast.organisation.name}
    assert browser.post("/desk/board/reports", data=by_name).status_code == 303


@pytest.mark.parametrize(
    "sent",
    [
        {"month": "2026-13", "about": "his"},
        {"month": "2026-04", "about": ""},
        {"month": "2026-04", "about": "", "organisation": "nobody"},
    ],
)
def test_a_report_needs_a_month_and_something_to_be_about(
    cast: Cast, signed_in: Callable[[Person], FlaskClient], sent: dict[str, str]
) -> None:
    assert browser_of(cast, cast.agent, signed_in).post("/desk/board/reports", data=sent).status_code == 422


def test_what_got_worse_stands_out() -> None:
    before = {"kept": Sum(95, 0), "missed": Sum(5, 0), "resolved": Sum(50, 0), "reopened": Sum(1, 0)}
    now = {"kept": Sum(80, 0), "missed": Sum(20, 0), "resolved": Sum(50, 0), "reopened": Sum(6, 0)}
    assert [each.kind for each in suggestions(now, before, [])] == ["kept", "reopened"]
    assert suggestions(before, before, []) == []
    few = {"kept": Sum(1, 0), "missed": Sum(3, 0)}
    assert suggestions(few, before, []) == []
    word = Suggestion("word", 2, 9, "复杂", Scope("module", "his/orders"))
    assert suggestions(before, before, [word]) == [word]


def test_a_word_leads_to_the_tickets_of_the_stretch_and_the_scope_that_use_it(
    cast: Cast, database: Database, signed_in: Callable[[Person], FlaskClient]
) -> None:
    used = [a_ticket(cast, title=f"轉科太複雜 {number}") for number in range(3)]
    other = a_ticket(cast, title="列表打不开")
    with clock.stopped_at(clock.now() - timedelta(weeks=6)):
        earlier = a_ticket(cast, title="转科太复杂")
    count_words(database)
    browser = browser_of(cast, cast.agent, signed_in)
    link = re.search(r'href="(/desk/board/tickets\?word=%E5%A4%8D%E6%9D%82[^"]*)"', browser.get("/desk/board/").text)
    assert link is not None
    page = browser.get(link[1].replace("&amp;", "&")).text
    assert [each.reference in page for each in (*used, other, earlier)] == [True, True, True, False, False]
    longer = browser.get("/desk/board/tickets?word=复杂&from=2026-01-01&until=2026-05-01&scope=product:his").text
    assert earlier.reference in longer
    elsewhere = f"/desk/board/tickets?word=复杂&scope=organisation:{cast.stranger.organisation_id.hex}"
    assert "No ticket stands behind this figure." in browser.get(elsewhere).text


def test_words_are_written_in_the_reader_s_script(
    cast: Cast, database: Database, signed_in: Callable[[Person], FlaskClient]
) -> None:
    for _ in range(3):
        a_ticket(cast, title="转科太复杂")
    count_words(database)
    browser = browser_of(cast, cast.agent, signed_in)
    browser.set_cookie("locale", "zh_Hant")
    page = browser.get("/desk/board/").text
    assert "複雜" in page
    assert "复杂" not in page


def test_a_word_that_nobody_could_use_is_behind_nothing(cast: Cast, signed_in: Callable[[Person], FlaskClient]) -> None:
    browser = browser_of(cast, cast.agent, signed_in)
    browser.set_cookie("locale", "zh_Hant")
    for word in ("%00", "%EF%BF%BF", "a" * 5000, "%F0%9F%98%80", "<script>"):
        page = browser.get(f"/desk/board/tickets?word={word}")
        assert page.status_code == 200
        assert "\0" not in page.text
        assert "<script>" not in page.text.partition("<h1>")[2].partition("</h1>")[0]
