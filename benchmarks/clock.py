"""``python -m benchmarks.clock``: what a minute's look at the clock costs among 1,000 and among 100,000 open tickets.

Counted in statements and in steps of SQLite's own machine, because those do not depend on who else uses the computer.
"""

import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any, NamedTuple

from sqlalchemy import Connection, event, insert, select

from portal import schema
from portal.core import clock
from portal.core.db import Database, new_id, open_database
from portal.demo.year import living
from portal.demo.year.acting import report
from portal.demo.year.people import move_in
from portal.tickets.models import Promise, Ticket
from portal.tickets.services import settle_due

NOW = datetime(2026, 4, 21, 2, 2, tzinfo=UTC)
KINDS: dict[str, dict[str, int | None]] = {
    "late": {"next_due_at": -1, "warns_at": None},
    "near": {"next_due_at": 9, "warns_at": -1},
}
PER_KIND = 20
CHUNK = 5_000
SLICE = {"next_due_at": 600, "warns_at": 480}
"""Minutes until a ticket that is not due is due, and until somebody is warned of it."""


class Cost(NamedTuple):
    """What one look cost."""

    tickets: int
    statements: int
    steps: int
    seconds: float


def main(few: int, many: int) -> None:
    """Print a line for each number of open tickets, when nothing is due and when forty things are."""
    print(f"{'open':>9}{'due':>6}{'statements':>12}{'steps':>10}{'ms':>8}")
    found: dict[tuple[int, int], Cost] = {}
    for number in (few, many):
        with tempfile.TemporaryDirectory() as folder, clock.stopped_at(NOW):
            database = open_database(f"sqlite:///{Path(folder) / 'clock.db'}")
            fill(database, number)
            for due in (0, PER_KIND * len(KINDS)):
                if due:
                    add_due(database)
                found[number, due] = cost = look(database)
                line = f"{number:>9,}{cost.tickets:>6}{cost.statements:>12,}{cost.steps:>10,}"
                print(f"{line}{cost.seconds * 1000:>8.1f}")
            database.dispose()
    for due in (0, PER_KIND * len(KINDS)):
        print(f"{due} due: {found[many, due].steps / found[few, due].steps:.2f} times the steps")


def fill(database: Database, number: int) -> None:
    """Add tickets that wait for their time."""
    schema.upgrade(database)
    with database.write() as session:
        people = move_in(session, at=living.BEGINS)
        ticket = report(session, by=people.customers[1], at=NOW, chance=Random(1))
        session.flush()
        for at in range(0, number, CHUNK):
            copy(session, ticket.id, min(CHUNK, number - at), f"C{at}", SLICE)


def add_due(database: Database) -> None:
    """Add what is late, and what is near."""
    with database.write() as session:
        ticket_id = session.scalars(select(Ticket.id).order_by(Ticket.id).limit(1)).one()
        for name, minutes in KINDS.items():
            copy(session, ticket_id, PER_KIND, name, minutes)


def copy(session: Any, ticket_id: Any, number: int, name: str, minutes: Mapping[str, int | None]) -> None:
    """Add copies of a ticket with its promise, due in so many minutes."""
    times = {key: NOW + timedelta(minutes=each) if each is not None else None for key, each in minutes.items()}
    ticket = session.execute(select(Ticket.__table__).filter_by(id=ticket_id)).mappings().one()
    promise = session.execute(select(Promise.__table__).filter_by(ticket_id=ticket_id)).mappings().first()
    ids = [new_id() for _ in range(number)]
    rows = [{**ticket, "id": each, "reference": f"{name}-{place}", **times} for place, each in enumerate(ids)]
    session.execute(insert(Ticket), rows)
    due = {"due_at": times["next_due_at"], "warns_at": times["warns_at"]}
    session.execute(insert(Promise), [{**promise, "id": new_id(), "ticket_id": each, **due} for each in ids])


def look(database: Database) -> Cost:
    """Look once, and count."""
    statements = steps = 0

    def note(_c: Connection, _cursor: object, _statement: str, *_: object) -> None:
        nonlocal statements
        statements += 1

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    with database.write() as session:
        driver: Any = session.connection().connection.driver_connection
        event.listen(database.writer, "before_cursor_execute", note)
        driver.set_progress_handler(step, 1)
        begun = perf_counter()
        tickets = settle_due(session, at=NOW)
        seconds = perf_counter() - begun
        driver.set_progress_handler(None, 0)
        event.remove(database.writer, "before_cursor_execute", note)
    return Cost(tickets, statements, steps, seconds)


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:3] or ("1000", "100000")))
