"""The reports of a month are made by the clock, once everything is counted, and come to whoever asked for them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.accounts.queries import agent_actor
from portal.board import messages, services
from portal.board.models import MonthlyReport, MonthlyReportReader
from portal.board.queries import reports
from portal.core import clock
from portal.core.db import Database
from portal.outbox.models import Job, OutboxMessage
from portal.outbox.registry import registry_of
from portal.ui import languages
from tests import factories
from tests.portal.tickets.cast import Cast, a_cast, a_ticket

BEIJING = ZoneInfo("Asia/Shanghai")
FIRST_OF_MAY = datetime(2026, 4, 30, 16, 0, tzinfo=UTC)
"""As May begins in Beijing."""


@pytest.fixture
def cast(session: Session) -> Cast:
    """Return people and a product."""
    return a_cast(session)


def count(database: Database) -> None:
    with database.write() as session:
        services.count_changes(session, zone=BEIJING)


def make_due(database: Database, at: datetime) -> bool:
    with database.write() as session:
        return services.make_due_reports(session, zone=BEIJING, at=at)


def made(session: Session) -> list[MonthlyReport]:
    session.rollback()
    return list(session.scalars(select(MonthlyReport).order_by(MonthlyReport.product_code)))


def ask_for_it(cast: Cast, person: Person) -> MonthlyReport:
    """Make the report of the month before, and have it sent from now on."""
    by = factories.as_actor(cast.session, cast.agent)
    row = services.make_report(cast.session, date(2026, 3, 1), product="his", by=by, at=clock.now())
    services.read_along(cast.session, row, by=by, wants=True, at=clock.now())
    cast.session.commit()
    assert person.id == by.person_id
    return row


def test_they_are_made_when_the_month_is_over_where_the_portal_is(
    cast: Cast, database: Database, session: Session
) -> None:
    a_ticket(cast)
    count(database)
    make_due(database, FIRST_OF_MAY - timedelta(seconds=1))
    assert [each for each in made(session) if each.month == date(2026, 4, 1)] == []
    make_due(database, FIRST_OF_MAY)
    found = made(session)
    assert {(each.month, each.product_code, each.organisation_id) for each in found} == {
        (date(2026, 4, 1), "", cast.organisation.id),
        (date(2026, 4, 1), "his", None),
    }
    assert all(each.figures["now"]["opened"] == [1, 0] and each.made_by is None for each in found)
    make_due(database, FIRST_OF_MAY + timedelta(minutes=1))
    assert len(made(session)) == 2


def test_they_wait_until_everything_is_counted(cast: Cast, database: Database, session: Session) -> None:
    a_ticket(cast)
    make_due(database, FIRST_OF_MAY)
    assert made(session) == []
    count(database)
    make_due(database, FIRST_OF_MAY)
    assert len(made(session)) == 2


def test_one_that_was_made_before_the_month_was_over_is_made_anew(
    cast: Cast, database: Database, session: Session
) -> None:
    by = factories.as_actor(session, cast.agent)
    row = services.make_report(session, date(2026, 4, 1), product="his", by=by, at=clock.now())
    session.commit()
    a_ticket(cast)
    count(database)
    make_due(database, FIRST_OF_MAY)
    session.expire_all()
    assert session.get_one(MonthlyReport, row.id).figures["now"]["opened"] == [1, 0]
    assert len(made(session)) == 2


def test_whoever_asked_gets_one_mail_with_the_pdf_and_the_table(
    app: Flask, cast: Cast, database: Database, session: Session
) -> None:
    ask_for_it(cast, session.get_one(Person, cast.agent.person_id))
    a_ticket(cast)
    count(database)
    make_due(database, FIRST_OF_MAY)
    session.rollback()
    (row,) = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == messages.READY))
    report = next(each for each in made(session) if each.month == date(2026, 4, 1) and each.product_code)
    with app.app_context(), languages.reading_as("zh_Hans", "Asia/Shanghai"):
        mail = registry_of(app).renderers[messages.READY](session, row)
    assert mail is not None
    assert "2026 年 4 月" in mail.subject
    for where in ("", "/paper", "/table"):
        assert f"/desk/board/reports/{report.id}{where}" in mail.text
        assert f'href="http://localhost/desk/board/reports/{report.id}{where}"' in mail.html
    assert session.scalars(select(Job.dedupe_key)).all() == [services.paper_key(report, "en")]


def test_whoever_may_not_see_it_any_more_gets_none(
    app: Flask, cast: Cast, database: Database, session: Session
) -> None:
    ask_for_it(cast, session.get_one(Person, cast.agent.person_id))
    a_ticket(cast)
    count(database)
    make_due(database, FIRST_OF_MAY)
    session.rollback()
    factories.a_product(session, "emr")
    factories.limit_agent(session, cast.agent, products=("emr",))
    session.commit()
    (row,) = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == messages.READY))
    with app.app_context(), languages.reading_as("en", "Asia/Shanghai"):
        assert registry_of(app).renderers[messages.READY](session, row) is None


def test_it_is_asked_for_and_stopped_on_the_page(
    cast: Cast, session: Session, signed_in: Callable[[Person], FlaskClient]
) -> None:
    by = factories.as_actor(session, cast.agent)
    row = services.make_report(session, date(2026, 3, 1), organisation_id=cast.organisation.id, by=by, at=clock.now())
    session.commit()
    browser = signed_in(session.get_one(Person, cast.agent.person_id))
    address = f"/desk/board/reports/{row.id}"
    for _ in range(2):
        assert browser.post(f"{address}/readers", data={"by_mail": "yes"}).status_code == 303
    assert session.query(MonthlyReportReader).count() == 1
    assert "You get this report by mail" in browser.get(address).text
    browser.post(f"{address}/readers", data={"by_mail": "no"})
    session.rollback()
    assert session.query(MonthlyReportReader).count() == 0
    assert browser.post(f"{address}/readers", data={"by_mail": "perhaps"}).status_code == 422


@pytest.mark.parametrize(
    ("products", "is_by_organisation", "seen"),
    [((), False, ["", "his"]), (("his",), False, ["his"]), ((), True, [""]), (("his",), True, [])],
)
def test_reports_are_seen_by_the_rule_of_the_board(
    cast: Cast, session: Session, products: tuple[str, ...], is_by_organisation: bool, seen: list[str]
) -> None:
    by = factories.as_actor(session, cast.agent)
    services.make_report(session, date(2026, 3, 1), product="his", by=by, at=clock.now())
    services.make_report(session, date(2026, 3, 1), organisation_id=cast.organisation.id, by=by, at=clock.now())
    limited = factories.an_agent(session, "Sun Limited")
    if products or is_by_organisation:
        organisations = (cast.organisation,) if is_by_organisation else ()
        factories.limit_agent(session, limited, products=products, organisations=organisations)
    session.commit()
    actor = agent_actor(session, limited.person_id)
    assert actor is not None
    found = reports.reports(session, actor)
    assert sorted(row[0].product_code for row in found) == seen
