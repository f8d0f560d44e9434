"""A report of a month says the same on the page, on paper and in the table, and each figure leads to its tickets."""

import csv
import io
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.board import services
from portal.board.documents import sheet
from portal.core import clock
from portal.core.db import Database
from portal.ratings.models import Rating, RatingKind, RatingSource
from portal.tickets import services as tickets
from portal.tickets.models import Ticket
from portal.tickets.services import Resolution, Update
from tests.portal.tickets.cast import Cast, a_cast, a_ticket

BEIJING = ZoneInfo("Asia/Shanghai")
SCORES = {RatingKind.STARS: 4, RatingKind.MOOD: 2, RatingKind.RECOMMEND: 9}


@pytest.fixture
def cast(session: Session) -> Cast:
    """Return people and a product."""
    return a_cast(session)


def live(cast: Cast, database: Database, scores: Mapping[RatingKind, int] = SCORES) -> Ticket:
    """Answer and solve one ticket, have it rated in every way, and count it."""
    ticket, chen, now = a_ticket(cast), cast.actor(cast.agent), clock.now()
    solution = Resolution(cause="A setting", fix="Set right", prevention="Checked")
    with database.write() as session:
        held = session.get_one(Ticket, ticket.id)
        tickets.add_update(session, held, update=Update(body="We look"), by=chen, at=now + timedelta(minutes=7))
        tickets.resolve(session, held, resolution=solution, by=chen, at=now + timedelta(hours=1))
        for kind, score in scores.items():
            session.add(
                Rating(
                    ticket_id=ticket.id,
                    organisation_id=cast.organisation.id,
                    person_id=cast.tang.person_id,
                    kind=kind,
                    score=score,
                    source=RatingSource.PAGE,
                    occasion=f"{kind}:{ticket.id}",
                    at=now,
                )
            )
    with database.write() as session:
        services.count_changes(session, zone=BEIJING)
    return ticket


def made(browser: FlaskClient) -> str:
    return browser.post("/desk/board/reports", data={"month": "2026-04", "about": "his"}).location


def cells(page: str) -> dict[str, tuple[str, str]]:
    """Return what stands beside the name of each figure: this month and the month before."""
    rows = re.findall(r'<tr><th scope="row">(.*?)</th><td data-l=[^>]*>(.*?)</td><td[^>]*>(.*?)</td></tr>', page)
    return {name: (now, before) for name, now, before in rows}


def words(cell: str) -> str:
    return re.sub(r"<[^>]*>", "", cell)


def test_the_page_the_paper_and_the_table_agree(
    app: Flask, cast: Cast, database: Database, session: Session, signed_in: Callable[[Person], FlaskClient]
) -> None:
    live(cast, database)
    browser = signed_in(session.get_one(Person, cast.agent.person_id))
    address = made(browser)
    page = cells(browser.get(address).text)
    with app.app_context():
        paper = sheet(session, address.rpartition("/")[2], {"locale": "en"})
    assert paper is not None
    assert cells(paper.html) == {name: (words(now), words(before)) for name, (now, before) in page.items()}
    assert {name: words(now) for name, (now, _) in page.items()} == {
        "Promises kept": "2 (100 %)",
        "Promises late": "0",
        "Stars of five, on average": "4.0 (1)",
        "Mood of three, on average": "2.0 (1)",
        "Recommendation, from −100 to 100": "+100 (1)",
        "Recommend us": "1",
        "Advise against us": "0",
        "Problems reported": "1",
        "Helped without a ticket": "0",
        "Solved": "1",
        "Solved with the first reply": "0",
        "Opened again": "0",
        "The same fault again": "0",
        "First replies": "10 minutes (1)",
        "Time until somebody took it": "10 minutes (1)",
        "Time it was worked on": "55 minutes (1)",
        "Time it waited for the customer": "–",
        "Time it waited for a version": "–",
        "Time until it was confirmed": "–",
    }
    table = csv.DictReader(io.StringIO(browser.get(f"{address}/table").text.lstrip("\ufeff")))
    rows = {row["measure"]: (row["count"], row["value"], row["unit"]) for row in table}
    assert len(rows) == len(page)
    assert rows["kept"] == ("2", "100", "percent")
    assert rows["mood"] == ("1", "2.0", "mean")
    assert rows["recommend"] == ("1", "100", "points")
    assert rows["first_reply"] == ("1", "10", "minutes")
    assert rows["opened"] == ("1", "", "")


def test_every_figure_of_the_page_leads_to_its_tickets(
    cast: Cast, database: Database, session: Session, signed_in: Callable[[Person], FlaskClient]
) -> None:
    ticket = live(cast, database)
    browser = signed_in(session.get_one(Person, cast.agent.person_id))
    found = [
        each
        for pair in cells(browser.get(made(browser)).text).values()
        for each in pair
        if words(each) not in ("0", "–")
    ]
    assert len(found) == 10
    for each in found:
        link = re.search(r'href="([^"]*)"', each)
        assert link is not None, each
        assert ticket.reference in browser.get(unescape(link[1])).text


def test_more_who_advise_against_us_are_told_with_the_minus_of_their_scale(
    cast: Cast, database: Database, session: Session, signed_in: Callable[[Person], FlaskClient]
) -> None:
    live(cast, database, {RatingKind.RECOMMEND: 2})
    browser = signed_in(session.get_one(Person, cast.agent.person_id))
    assert words(cells(browser.get(made(browser)).text)["Recommendation, from −100 to 100"][0]) == "−100 (1)"
    assert "recommendation: −100" in browser.get("/desk/board/").text


def table_of(browser: FlaskClient, address: str) -> tuple[str, list[dict[str, str]]]:
    """Return the name of the file and its rows."""
    answer = browser.get(f"{address}/table")
    rows = list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))
    return answer.headers["Content-Disposition"].partition("filename=")[2], rows


def test_a_table_says_of_what_and_of_which_month_it_is(
    cast: Cast, database: Database, session: Session, signed_in: Callable[[Person], FlaskClient]
) -> None:
    live(cast, database)
    cast.organisation.code = "K-1007"
    session.commit()
    browser = signed_in(session.get_one(Person, cast.agent.person_id))
    browser.set_cookie("locale", "zh_Hans")
    name, rows = table_of(browser, made(browser))
    assert name == '"report-2026-04-his.csv"'
    about = {"month": "2026-04", "last_day": "2026-04-21", "subject_kind": "product", "subject": "his"}
    assert all(about.items() <= each.items() for each in rows)
    assert rows[0]["measure_name"] == "上报的问题"
    assert len({each["measure_name"] for each in rows}) == len(rows)
    asked = {"month": "2026-03", "about": "", "organisation": "K-1007"}
    name, rows = table_of(browser, browser.post("/desk/board/reports", data=asked).location)
    assert name == '"report-2026-03-K-1007.csv"'
    assert rows[0]["subject_name"] == cast.organisation.name
    assert rows[0]["last_day"] == "2026-03-31"


def test_a_table_names_no_formula_and_its_file_needs_no_number(
    cast: Cast, session: Session, signed_in: Callable[[Person], FlaskClient]
) -> None:
    cast.organisation.name = "=HYPERLINK(1)"
    session.commit()
    browser = signed_in(session.get_one(Person, cast.agent.person_id))
    asked = {"month": "2026-03", "about": "", "organisation": "=HYPERLINK(1)"}
    address = browser.post("/desk/board/reports", data=asked).location
    name, rows = table_of(browser, address)
    assert name == f'"report-2026-03-{cast.organisation.id.hex[:8]}.csv"'
    assert rows[0]["subject_name"] == "'=HYPERLINK(1)"
    cast.organisation.code = '北京"\r\n7'
    session.commit()
    assert table_of(browser, address)[0] == '"report-2026-03-7.csv"'


def test_a_month_that_has_not_begun_has_no_report(
    cast: Cast, session: Session, signed_in: Callable[[Person], FlaskClient]
) -> None:
    browser = signed_in(session.get_one(Person, cast.agent.person_id))
    for month in ("2026-05", "2027-05"):
        answer = browser.post("/desk/board/reports", data={"month": month, "about": "his"})
        assert answer.status_code == 422
        assert "This month has not begun yet. Choose an earlier one." in answer.text
    with clock.stopped_at(datetime(2026, 4, 30, 16, 0, tzinfo=UTC)):  # as May begins in Beijing
        assert browser.post("/desk/board/reports", data={"month": "2026-05", "about": "his"}).status_code == 303


def test_a_month_that_is_not_over_says_so_on_the_page_in_the_list_and_on_paper(
    app: Flask, cast: Cast, session: Session, signed_in: Callable[[Person], FlaskClient]
) -> None:
    browser = signed_in(session.get_one(Person, cast.agent.person_id))
    early, over = made(browser), browser.post("/desk/board/reports", data={"month": "2026-03", "about": "his"}).location
    for address, is_said in ((early, True), (over, False)):
        assert ("The month was not over when this was made." in browser.get(address).text) is is_said
        with app.app_context():
            paper = sheet(session, address.rpartition("/")[2], {"locale": "en"})
        assert paper is not None
        assert ("The month was not over when this was made." in paper.html) is is_said
        assert paper.file_name == f"report-2026-0{4 if is_said else 3}-his-en.pdf"
    assert browser.get("/desk/board/reports").text.count("Before the month was over") == 1
