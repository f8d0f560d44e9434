"""Those who were helped before or instead of a ticket count where they belong, however often it is counted."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.accounts.models import Organisation, Person
from portal.board import services
from portal.board.queries.figures import Scope, sums
from portal.catalogue.models import Product
from portal.core import clock
from portal.core.db import Database, new_id
from portal.interviews.models import Deflection
from portal.notices.models import AffectedReport, Notice, NoticeKind, ProductRange, ReportSource
from portal.tickets.models import Ticket
from tests import factories
from tests.portal.notices import cast as notices
from tests.portal.tickets.cast import Cast, a_cast, a_ticket

BEIJING = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def cast(session: Session) -> Cast:
    """Return people and a product."""
    return a_cast(session)


def a_deflection(cast: Cast, at: datetime, *, article_id: UUID | None = None, notice_id: UUID | None = None) -> None:
    cast.session.add(
        Deflection(
            interview_id=new_id(),
            organisation_id=cast.organisation.id,
            product_code="his",
            module_code="orders",
            article_id=article_id,
            notice_id=notice_id,
            at=at,
        )
    )
    cast.session.commit()


def a_known_issue(cast: Cast) -> Notice:
    """Publish a known issue of the product that the tickets are about."""
    found = notices.Cast(
        session=cast.session,
        product=cast.session.get_one(Product, "his"),
        qinghe=cast.organisation,
        songlin=cast.organisation,
        tang=cast.tang,
        liu=cast.colleague,
        stranger=cast.stranger,
        writer=factories.an_agent(cast.session, "Wu Writer"),
        reviewer=factories.an_agent(cast.session, "Sun Reviewer"),
    )
    products = [ProductRange("his", "", {"en": "HIS"}, {}, "<6")]
    return notices.publish(found, notices.a_draft(found, kind=NoticeKind.KNOWN_ISSUE, products=products))


def count(database: Database, at: datetime) -> None:
    with database.write() as session:
        services.count_deflected(session, zone=BEIJING, at=at)


def number(session: Session, scope: Scope) -> int:
    today = clock.now().astimezone(BEIJING).date()
    found = sums(session, scope, today - timedelta(days=400), today + timedelta(days=7))
    return found["deflected"].number if "deflected" in found else 0


def test_they_count_in_every_scope_they_belong_to(cast: Cast, database: Database, session: Session) -> None:
    a_deflection(cast, clock.now())
    count(database, clock.now())
    organisation = cast.organisation.id.hex
    for scope in (
        "all",
        "product:his",
        "module:his/orders",
        f"organisation:{organisation}",
        f"both:{organisation}/his",
    ):
        assert number(session, Scope.read(scope)) == 1
    assert number(session, Scope("product", "emr")) == 0


def test_counting_again_changes_nothing_and_finds_what_came_late(
    cast: Cast, database: Database, session: Session
) -> None:
    now = clock.now()
    for days in (300, 2, 0):
        a_deflection(cast, now - timedelta(days=days))
    count(database, now)
    count(database, now + timedelta(minutes=5))
    a_deflection(cast, now - timedelta(minutes=1))
    assert number(session, Scope()) == 3
    for minutes in (11, 22):
        count(database, now + timedelta(minutes=minutes))
    session.expire_all()
    assert number(session, Scope()) == 4


def test_whoever_joins_a_known_issue_counts(cast: Cast, database: Database, session: Session) -> None:
    notice = a_known_issue(cast)
    for contact in (cast.tang, cast.stranger):
        about = {"organisation_id": contact.organisation_id, "contact_id": contact.id}
        session.add(AffectedReport(notice_id=notice.id, source=ReportSource.PAGE, at=clock.now(), **about))
    session.commit()
    count(database, clock.now())
    assert number(session, Scope("product", "his")) == 2
    assert number(session, Scope("organisation", cast.organisation.id.hex)) == 1


def test_a_ticket_of_the_same_organisation_about_it_is_no_deflection(
    cast: Cast, database: Database, session: Session
) -> None:
    notice = a_known_issue(cast)
    ticket = a_ticket(cast)
    session.get_one(Ticket, ticket.id).notice_id = notice.id
    about = {"organisation_id": cast.organisation.id, "contact_id": cast.tang.id}
    session.add(AffectedReport(notice_id=notice.id, source=ReportSource.PAGE, at=clock.now(), **about))
    session.commit()
    count(database, clock.now())
    assert number(session, Scope("organisation", cast.organisation.id.hex)) == 0


def test_what_helped_is_listed_behind_the_figure(
    cast: Cast, database: Database, session: Session, signed_in: Callable[[Person], FlaskClient]
) -> None:
    notice = a_known_issue(cast)
    a_deflection(cast, clock.now(), notice_id=notice.id)
    a_deflection(cast, clock.now())
    count(database, clock.now())
    browser = signed_in(session.get_one(Person, cast.agent.person_id))
    assert "2 people, and what helped" in browser.get("/desk/board/").text
    page = browser.get("/desk/board/tickets?measure=deflected").text
    assert notice.code in page
    assert "A step that a questionnaire tells" in page
    other = session.query(Organisation).filter(Organisation.id != cast.organisation.id).first()
    assert other is not None
    assert (
        notice.code not in browser.get(f"/desk/board/tickets?measure=deflected&scope=organisation:{other.id.hex}").text
    )
