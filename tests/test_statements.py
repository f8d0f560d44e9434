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
from tests.crowd import grow
from tests.engines import ENGINES
from tests.expectations import ALLOWED, EVERYBODY, OPENS, Case, cases
from tests.inspector import MOST_BYTES
from tests.postgres import new_database
from tests.statements import Said, listening
from tests.world import World, a_world

pytestmark = pytest.mark.slow

ROWS = (0, 1, 20, 1000)
BUDGETS = {
    "accounts.new_invitation": 2,
    "accounts.new_installation": 3,
    "accounts.show_account": 3,
    "accounts.show_contact": 4,
    "accounts.show_installation": 5,
    "accounts.show_installation_changes": 4,
    "accounts.show_code": 1,
    "accounts.show_invitation": 2,
    "accounts.sign_in": 1,
    "desk.download_questionnaire": 4,
    "desk.download_stops": 3,
    "desk.fetch_paper": 4,
    "desk.find_tickets": 4,
    "desk.preview_page": 2,
    "administration.show": 1,
    "administration.show_list": 2,
    "administration.show_lists": 2,
    "administration.fetch_log": 2,
    "administration.show_log": 3,
    "administration.show_new": 2,
    "administration.show_one": 2,
    "administration.show_received": 3,
    "administration.show_sample": 1,
    "board.fetch_report_paper": 3,
    "board.show": 9,
    "board.show_report": 5,
    "board.show_reports": 4,
    "board.show_table": 2,
    "board.show_tickets": 3,
    "faults.choose": 4,
    "faults.index": 3,
    "faults.show": 4,
    "knowledge.index": 3,
    "knowledge.index_on_desk": 3,
    "knowledge.show": 3,
    "knowledge.show_on_desk": 3,
    "knowledge.write_new": 2,
    "knowledge.write_text": 3,
    "lessons.show_task": 4,
    "lessons.show_tasks": 2,
    "chat.show": 3,
    "agreements.choose_feed": 3,
    "agreements.edit_calendar": 3,
    "agreements.edit_policy": 4,
    "agreements.show": 4,
    "agreements.show_policies": 4,
    "desk.choose_reply": 4,
    "desk.refresh_queue": 3,
    "desk.show_around": 8,
    "desk.show_assignment": 5,
    "desk.show_chosen": 3,
    "desk.show_links": 3,
    "replies.show_replies": 2,
    "replies.show_reply": 2,
    "replies.write_reply": 1,
    "teams.show_skills": 5,
    "teams.show_team": 4,
    "teams.show_teams": 10,
    "tickets.show_steps": 6,
    "desk.show_file": 4,
    "desk.show_organisation": 7,
    "desk.show_organisations": 3,
    "desk.show_more": 1,
    "desk.show_outbox": 4,
    "desk.show_paper": 4,
    "desk.show_phone_interviews": 5,
    "desk.show_questionnaire": 5,
    "desk.show_questionnaires": 4,
    "desk.show_queue": 6,
    "desk.show_stops": 4,
    "desk.show_ticket": 12,
    "desk.show_upload": 1,
    "home.show": 8,
    "home.show_accessibility": 1,
    "home.show_organisation": 7,
    "home.show_privacy": 1,
    "interviews.check": 4,
    "interviews.go_on": 4,
    "interviews.report": 5,
    "interviews.show_call_back": 2,
    "interviews.show_emergency": 6,
    "interviews.show_file": 3,
    "interviews.show_lane": 6,
    "interviews.show_page": 4,
    "interviews.show_solved": 4,
    "formats.show_csaf": 6,
    "formats.show_feeds": 2,
    "formats.show_import": 1,
    "formats.show_json": 5,
    "formats.show_private_feed": 5,
    "formats.show_public_feed": 2,
    "notices.fetch_batch": 4,
    "notices.plan_batch": 6,
    "notices.show_archive": 4,
    "notices.show_batch": 3,
    "notices.show_paper_on_desk": 7,
    "notices.show_paper_page": 7,
    "incidents.show_linked": 9,
    "notices.fetch_calls": 7,
    "notices.fetch_calls_paper": 7,
    "notices.fetch_window": 3,
    "notices.show_call": 8,
    "notices.show_calls": 9,
    "notices.show_calls_paper": 8,
    "notices.show_copy": 6,
    "notices.show_errors": 6,
    "notices.show_slips": 1,
    "notices.show_window": 7,
    "notices.show_windows": 6,
    "notices.index": 4,
    "notices.index_on_desk": 2,
    "notices.show": 6,
    "notices.show_on_desk": 13,
    "notices.show_paper": 4,
    "notices.show_preview": 6,
    "notices.change_series": 6,
    "notices.make_series": 3,
    "notices.show_mails": 6,
    "notices.show_series": 3,
    "phrasebook.show": 3,
    "notices.write_facts": 7,
    "notices.write_new": 2,
    "notices.write_text": 6,
    "incidents.show_board": 8,
    "plans.edit_plan": 6,
    "plans.fetch_paper": 5,
    "plans.index": 4,
    "plans.new_emergency": 2,
    "plans.new_plan": 2,
    "plans.show_emergency": 7,
    "plans.show_own_plans": 4,
    "plans.show_plan": 5,
    "plans.show_summary": 5,
    "privacy.fetch": 3,
    "privacy.fetch_own": 2,
    "privacy.find": 1,
    "privacy.show": 3,
    "privacy.show_own": 2,
    "ratings.show_call": 3,
    "ratings.show_calls": 2,
    "ratings.show_landing": 2,
    "show_asset": 1,
    "summaries.fetch_paper": 3,
    "summaries.fetch_paper_on_desk": 4,
    "summaries.index": 4,
    "summaries.index_on_desk": 5,
    "summaries.show": 3,
    "summaries.show_on_desk": 4,
    "tickets.ask_to_cancel": 6,
    "tickets.ask_what_got_worse": 6,
    "tickets.fetch_paper": 4,
    "tickets.show": 7,
    "tickets.show_feed": 6,
    "tickets.show_feed_link": 2,
    "tickets.show_file": 4,
    "tickets.show_list": 4,
    "tickets.show_paper": 4,
    "tickets.show_received": 6,
    "tickets.show_shares": 3,
    "tickets.show_sharing": 7,
    "visits.new_visit": 6,
}
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
