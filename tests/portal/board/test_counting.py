"""The figures are the fold of what happened, however and however often they were counted."""

from collections import Counter
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.board import services
from portal.board.models import BoardFigure, BoardMark
from portal.board.queries.figures import Scope, sums
from portal.board.services.counting import scopes_of
from portal.core import clock
from portal.core.db import Database
from portal.ratings.models import Rating, RatingKind, RatingSource
from portal.tickets import services as tickets
from portal.tickets.models import Ticket
from portal.tickets.services import Resolution, Update
from tests.portal.tickets.cast import Cast, a_cast, a_ticket

BEIJING = ZoneInfo("Asia/Shanghai")
SOLUTION = Resolution(cause="A setting", fix="Set right", prevention="Checked")


@pytest.fixture
def cast(session: Session) -> Cast:
    """Return people and a product."""
    return a_cast(session)


def count(database: Database) -> None:
    for _ in range(3):
        with database.write() as session:
            services.count_changes(session, zone=BEIJING)


def live_through(cast: Cast, database: Database) -> list[Ticket]:
    """Open three tickets that fare differently, counting now and then."""
    chen = cast.actor(cast.agent)
    rows = [a_ticket(cast), a_ticket(cast, fault_type="slow"), a_ticket(cast, fault_type="slow", by=cast.stranger)]
    count(database)
    for minutes, row in enumerate(rows, start=5):
        later = clock.now() + timedelta(minutes=minutes)
        with database.write() as session:
            held = session.get_one(Ticket, row.id)
            if row is not rows[0]:
                tickets.add_update(session, held, update=Update(body=f"We look at {row.reference}"), by=chen, at=later)
            tickets.resolve(session, held, resolution=SOLUTION, by=chen, at=later + timedelta(hours=1))
        count(database)
    with database.write() as session:
        held = session.get_one(Ticket, rows[1].id)
        tickets.reopen(session, held, by=cast.actor(cast.tang), at=clock.now() + timedelta(hours=3), words="Again")
        session.add(a_rating(rows[0], cast, RatingKind.STARS, 4))
        session.add(a_rating(rows[0], cast, RatingKind.RECOMMEND, 10))
    count(database)
    return rows


def a_rating(ticket: Ticket, cast: Cast, kind: RatingKind, score: int) -> Rating:
    return Rating(
        ticket_id=ticket.id,
        organisation_id=cast.organisation.id,
        person_id=cast.tang.person_id,
        kind=kind,
        score=score,
        source=RatingSource.PAGE,
        occasion=f"{kind}:{ticket.id}",
        at=clock.now(),
    )


def kept(session: Session) -> dict[tuple[object, ...], tuple[int, int]]:
    rows = session.execute(select(BoardFigure)).scalars()
    found = {(row.scope_kind, row.scope, row.day, row.measure): (row.count, row.total) for row in rows}
    return {key: value for key, value in found.items() if value != (0, 0)}


def folded(session: Session) -> dict[tuple[object, ...], tuple[int, int]]:
    """Add everything up from the events, without what was kept."""
    counts: Counter[tuple[object, ...]] = Counter()
    totals: Counter[tuple[object, ...]] = Counter()
    rows = {row.id: row for row in session.scalars(select(Ticket))}
    for ticket_id, marks in services.marks_of(session, list(rows), zone=BEIJING).items():
        about = {
            name: getattr(rows[ticket_id], name) for name in ("organisation_id", "product_code", "module_code", "team")
        }
        for mark in marks:
            for scope in scopes_of(about):
                counts[*scope, mark.day, mark.measure] += mark.count
                totals[*scope, mark.day, mark.measure] += mark.total
    return {key: (counts[key], totals[key]) for key in counts}


def test_what_is_kept_equals_the_fold_of_what_happened(cast: Cast, database: Database, session: Session) -> None:
    live_through(cast, database)
    session.expire_all()
    assert kept(session) == folded(session)
    assert ("module", "his/orders") in {key[:2] for key in kept(session)}


def test_counting_anew_from_nothing_gives_the_same(cast: Cast, database: Database, session: Session) -> None:
    live_through(cast, database)
    before = kept(session)
    with database.write() as writing:
        services.rebuild(writing)
    count(database)
    session.expire_all()
    assert kept(session) == before


def test_a_ticket_that_changes_its_product_takes_its_figures_along(
    cast: Cast, database: Database, session: Session
) -> None:
    ticket = a_ticket(cast)
    count(database)
    with database.write() as writing:
        held = writing.get_one(Ticket, ticket.id)
        held.module_code = "nursing"
        tickets.add_note(writing, held, body="It is about nursing", by=cast.actor(cast.agent), at=clock.now())
    count(database)
    today = clock.now().astimezone(BEIJING).date()
    found = {
        key: sums(session, Scope("module", key), today, today + timedelta(days=1))
        for key in ("his/orders", "his/nursing")
    }
    assert found["his/orders"]["opened"].number == 0
    assert found["his/nursing"]["opened"].number == 1


def test_the_figures_say_what_happened(cast: Cast, database: Database, session: Session) -> None:
    live_through(cast, database)
    today = clock.now().astimezone(BEIJING).date()
    found = sums(session, Scope(), today, today + timedelta(days=2))
    numbers = {name: each.number for name, each in found.items()}
    wanted = {
        "opened": 3,
        "resolved": 3,
        "first_contact": 1,
        "reopened": 1,
        "first_reply": 3,
        "stars": 1,
        "promoter": 1,
    }
    assert {name: numbers.get(name) for name in wanted} == wanted
    assert found["stars"].mean == 4
    assert "repeat" not in numbers


def test_the_same_fault_again_at_the_same_organisation_is_a_repeat(
    cast: Cast, database: Database, session: Session
) -> None:
    for days in (0, 10, 110):
        with clock.stopped_at(clock.now() + timedelta(days=days)):
            a_ticket(cast, fault_type="slow")
    a_ticket(cast, fault_type="slow", by=cast.stranger)
    count(database)
    marks = session.scalars(select(BoardMark).where(BoardMark.measure == "repeat")).all()
    assert len(marks) == 1
