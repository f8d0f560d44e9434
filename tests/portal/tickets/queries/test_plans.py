"""Lists and pages of tickets are read through indexes, whatever their number."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.actor import SeeScope
from portal.tickets import queries
from portal.tickets.queries import Lane, Only, Place, View
from portal.tickets.services import settle_due
from tests import factories
from tests.portal.tickets.cast import Cast, a_ticket
from tests.portal.tickets.lanes import lane_of

Read = Callable[[Cast], object]


@contextmanager
def noting(session: Session) -> Iterator[list[tuple[str, Any]]]:
    """Note every statement with its parameters."""
    seen: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
        seen.append((statement, parameters))

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def scans(session: Session, statement: str, parameters: Any) -> list[str]:
    """Return the tables of tickets that a statement would read from end to end."""
    connection = session.connection()
    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    watched = ("ticket", "event", "promise", "promise_outcome", "attachment", "participant", "typed_text", "snapshot")
    return [
        row[3] for row in plan if row[3].startswith("SCAN") and row[3].split()[1] in watched and "USING" not in row[3]
    ]


def watcher(cast: Cast) -> Any:
    return cast.actor(factories.a_contact(cast.session, cast.organisation, see_scope=SeeScope.ORGANISATION))


@pytest.mark.parametrize(
    "read",
    [
        lambda cast: queries.my_tickets(cast.session, cast.actor(cast.tang)),
        lambda cast: queries.my_tickets(cast.session, watcher(cast)),
        lambda cast: queries.my_tickets(cast.session, watcher(cast), only=Only.YOURS),
        lambda cast: queries.my_tickets(cast.session, watcher(cast), after=Place(clock.now(), cast.tang.id)),
        lambda cast: lane_of(cast.session, cast.actor(cast.agent)),
        lambda cast: lane_of(cast.session, cast.actor(cast.agent), View(lane=Lane.MINE)),
        lambda cast: lane_of(cast.session, cast.actor(cast.agent), View(after=Place(clock.now(), cast.tang.id))),
        lambda cast: queries.ticket_page(cast.session, "T-2026-000001", cast.actor(cast.tang), at=clock.now()),
        lambda cast: queries.find_reference(cast.session, cast.actor(cast.tang), "T-2026-000001"),
        lambda cast: settle_due(cast.session, at=clock.now()),
    ],
)
def test_no_table_is_read_from_end_to_end(cast: Cast, read: Read) -> None:
    a_ticket(cast)
    with noting(cast.session) as seen:
        read(cast)
    found = [scan for statement, parameters in seen for scan in scans(cast.session, statement, parameters)
             if statement.lstrip().upper().startswith("SELECT")]  # fmt: skip
    assert found == []


def test_the_emergency_lane_is_read_from_an_index_of_its_own(cast: Cast) -> None:
    a_ticket(cast)
    with noting(cast.session) as seen:
        lane_of(cast.session, cast.actor(cast.agent), View(lane=Lane.EMERGENCY))
    statement, parameters = seen[-1]
    plan = cast.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    assert any("USING COVERING INDEX ix_ticket_urgent" in row[3] or "USING INDEX ix_ticket_urgent" in row[3]
               for row in plan), plan  # fmt: skip


def test_the_rule_would_find_a_scan(cast: Cast) -> None:
    a_ticket(cast)
    with noting(cast.session) as seen:
        cast.session.execute(text("SELECT * FROM ticket WHERE because = 'x'"))
    assert scans(cast.session, *seen[-1]) == ["SCAN ticket"]
