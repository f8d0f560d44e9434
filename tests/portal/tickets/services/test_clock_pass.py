"""The worker's look at the clock: it touches what is due, and nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.db import Database
from portal.outbox.registry import MoreIsDue
from portal.tickets import mail, messages, services
from portal.tickets.models import Promise, Ticket
from portal.tickets.services.clock_pass import AT_ONCE
from tests.crowd import copies
from tests.portal.tickets.cast import Cast, a_ticket
from tests.portal.tickets.services.acts import MINUTE, told


def open_tickets(cast: Cast, ticket: Ticket, number: int, **differing: Any) -> None:
    """Add open tickets like one that there is, each with its promise."""
    named = {"next_due_at": differing.get("due_at", ticket.next_due_at), "warns_at": differing.get("warns_at")}
    ids = copies(cast.session, Ticket, {"id": ticket.id}, number, lambda each: {"reference": f"C-{each}", **named})
    like = {"ticket_id": ticket.id}
    copies(cast.session, Promise, like, number, lambda each: {"ticket_id": ids[each], **differing})
    cast.session.commit()


def work_of(database: Database, act: Callable[[Session], object]) -> tuple[int, int]:
    """Return how many statements something says, and how many steps SQLite takes for them."""
    said: list[str] = []
    steps = 0

    def note(_c: Connection, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    event.listen(database.writer, "before_cursor_execute", note)
    with database.write() as session:
        driver: Any = session.connection().connection.driver_connection
        driver.set_progress_handler(step, 1)
        act(session)
        driver.set_progress_handler(None, 0)
    event.remove(database.writer, "before_cursor_execute", note)
    return len(said), steps


@pytest.mark.slow
def test_two_thousand_open_tickets_cost_what_one_costs(cast: Cast, database: Database) -> None:
    ticket, at = a_ticket(cast), clock.now() + MINUTE
    alone = work_of(database, lambda session: services.settle_due(session, at=at))
    open_tickets(cast, ticket, 2000)
    among_many = work_of(database, lambda session: services.settle_due(session, at=at))
    assert among_many[0] == alone[0]
    assert among_many[1] <= alone[1] * 1.3


def test_what_is_due_is_found_among_many(cast: Cast, database: Database) -> None:
    ticket, at = a_ticket(cast), clock.now() + 16 * MINUTE
    open_tickets(cast, ticket, 500, due_at=at + MINUTE, warns_at=at + MINUTE)
    with database.write() as session:
        assert services.settle_due(session, at=at) == 1
    assert told(cast, messages.LATE) == [cast.tang.person_id]


@pytest.mark.slow
def test_more_than_one_transaction_should_hold_is_done_in_several_at_once(cast: Cast, database: Database) -> None:
    ticket, at = a_ticket(cast), clock.now() + 16 * MINUTE
    open_tickets(cast, ticket, AT_ONCE)
    answers = []
    for _ in range(2):
        with database.write() as session:
            answers.append(mail.keep_an_eye(session, at=at))
    assert answers == [MoreIsDue.AT_ONCE, None]
    assert len(told(cast, messages.LATE)) == AT_ONCE + 1


def test_a_time_without_its_promise_is_put_right(cast: Cast, database: Database) -> None:
    ticket = a_ticket(cast)
    ticket.next_due_at = clock.now() - MINUTE
    cast.session.commit()
    with database.write() as session:
        services.settle_due(session, at=clock.now())
    cast.session.refresh(ticket)
    assert ticket.next_due_at == clock.now() + 15 * MINUTE


@pytest.mark.parametrize("column", ["next_due_at", "warns_at", "wakes_at"])
def test_each_look_goes_through_its_index(cast: Cast, database: Database, column: str) -> None:
    with database.reader.connect() as connection:
        statement = (
            f"SELECT id FROM ticket WHERE closed_at IS NULL AND {column} <= '2026-01-01' ORDER BY {column} LIMIT 5"
        )
        (plan,) = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").all()
    assert "USING" in plan[3]
    assert "INDEX ix_ticket_" in plan[3]
