"""What pages cost: statements constant in rows and within their budget, plans that use indexes, bytes that stay few."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import pytest
from sqlalchemy import Connection
from werkzeug.routing import Rule

from portal.core.db import Database
from portal.ui import keeping
from portal.ui.access import door_of
from tests.budgets import BUDGETS
from tests.crowd import grow
from tests.engines import ENGINES
from tests.expectations import ALLOWED, EVERYBODY, OPENS, Case, cases
from tests.inspector import MOST_BYTES
from tests.postgres import new_database
from tests.statements import Said, listening
from tests.world import World, a_world

pytestmark = pytest.mark.slow

ROWS = (0, 1, 20, 1000)
"""The most statements of each page, finding out who is signed in included; lower is better."""
WATCHED = ("ticket", "event", "notice", "receipt", "outbox_message")
"""Tables that only grow: no page reads one from end to end."""


@dataclass
class Visits:
    """What each page said to the database, by how many rows there were."""

    world: World
    said: dict[str, dict[int, Said]] = field(default_factory=dict)
    bytes: dict[str, int] = field(default_factory=dict)
    """Of the page with the most rows."""


@pytest.fixture(scope="module", params=ENGINES)
def visits(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visits]:
    """Open every page with few and with many rows, on each engine."""
    folder = tmp_path_factory.mktemp("crowd")
    with ExitStack() as stack:
        on_postgres = request.param == "postgresql"
        url = stack.enter_context(new_database(request.getfixturevalue("postgres_cluster"))) if on_postgres else ""
        world = stack.enter_context(a_world(folder, url))
        keeping.forget_pages(world.app)  # what a page costs is what it takes to make it
        made = Visits(world)
        open_every_page(made, 0)  # what is read once a process is read now
        for number in ROWS:
            with world.database.write() as session:
                grow(session, number, contact=world.people.contacts["customer"], reference=world.ids["ticket:mine"])
            open_every_page(made, number)
        yield made


def open_every_page(visits: Visits, number: int) -> None:
    """Open each page once as somebody who may."""
    world = visits.world
    for rule in pages(world):
        identity, case = visitor(world, rule)
        built = rule.build(dict(case.values))
        assert built is not None
        with listening(world.database) as said:
            response = world.ask(identity, "GET", built[1])
        assert response.status_code < 400, f"{rule.endpoint} as {identity}: {response.status}"
        visits.said.setdefault(rule.endpoint, {})[number] = said
        visits.bytes[rule.endpoint] = len(response.data) if response.mimetype == "text/html" else 0
        response.close()


def pages(world: World) -> list[Rule]:
    """Return the addresses that can be looked at."""
    return [rule for rule in world.app.url_map.iter_rules() if "GET" in (rule.methods or ())]


def visitor(world: World, rule: Rule) -> tuple[str, Case]:
    """Return the first of these who may open an address, with what they may see there."""
    door = door_of(world.app, rule.endpoint)
    assert door is not None
    allowed = ALLOWED.get(rule.endpoint, {})
    for identity, case in product(("customer", "manager", "agent", "admin"), cases(world, rule)):
        if identity in case.seen_by & OPENS[door] & allowed.get(case.name.partition("+")[0], EVERYBODY):
            return identity, case
    return "admin", cases(world, rule)[0]


def test_every_page_has_a_budget(visits: Visits) -> None:
    assert set(visits.said) == set(BUDGETS)


def test_no_page_says_more_than_its_budget(visits: Visits) -> None:
    most = {endpoint: max(said.count for said in by_rows.values()) for endpoint, by_rows in visits.said.items()}
    assert {each: count for each, count in most.items() if count > BUDGETS.get(each, 0)} == {}


def test_a_thousand_rows_take_no_more_statements_than_twenty(visits: Visits) -> None:
    counts = {each: {rows: said.count for rows, said in found.items()} for each, found in visits.said.items()}
    growing = {each: found for each, found in counts.items() if found[1000] != found[20] or found[20] > found[1] + 1}
    assert growing == {}


def test_looking_begins_no_transaction(visits: Visits) -> None:
    """But for those that note, the first time, that a notice was opened, and that support has read what came."""
    assert {each for each, found in visits.said.items() if found[1000].transactions} <= {"desk.show_ticket"}


def test_no_page_has_too_many_bytes(visits: Visits) -> None:
    assert {each: size for each, size in visits.bytes.items() if size > MOST_BYTES} == {}


def test_no_page_reads_a_table_from_end_to_end(visits: Visits) -> None:
    faults: dict[str, list[str]] = {}
    for endpoint, found in visits.said.items():
        for statement, values in found[1000].reads:
            faults.setdefault(endpoint, []).extend(scans(visits.world.database, statement, values))
    assert {each: found for each, found in faults.items() if found} == {}


def scans(database: Database, statement: str, values: Any) -> list[str]:
    """Return the watched tables that a statement would read from end to end, as its plan says."""
    with database.writer.connect() as connection, connection.begin():
        plan = _plan_of(connection, statement, values)
    names = "|".join(WATCHED)
    pattern = rf"SCAN (?:{names})(?:_\d+)?$" if database.is_sqlite else rf"Seq Scan on (?:{names})\b.*"
    return [f"{found[0]} in {statement}" for line in plan if (found := re.search(pattern, line))]


def _plan_of(connection: Connection, statement: str, values: Any) -> list[str]:
    if connection.dialect.name == "sqlite":
        return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    return [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", values)]
