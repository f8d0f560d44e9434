"""Words that stand in very many texts are looked for in the latest of them, and the rest costs nothing."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pytest
from sqlalchemy import event, insert, inspect
from sqlalchemy.orm import Session

from portal import schema
from portal.core import clock
from portal.core.db import Database, new_id, open_database
from portal.core.models import TypedText
from portal.tickets import queries
from portal.tickets.models import Audience, Priority, Ticket, TicketWords
from portal.tickets.queries import Lane, View, Wanted
from portal.tickets.queries.having import MOST_TEXTS
from tests.portal.tickets.cast import Cast, a_cast, a_ticket
from tests.portal.tickets.lanes import lane_of
from tests.portal_app import TUESDAY_MORNING

pytestmark = pytest.mark.slow


@pytest.fixture
def both(migrated: Database) -> Iterator[Cast]:
    """Return people on each of the two databases."""
    with clock.stopped_at(TUESDAY_MORNING), Session(migrated.reader, expire_on_commit=False) as session:
        yield a_cast(session)


def written(cast: Cast, like: Ticket, words: Mapping[int, str]) -> None:
    """Add a ticket for each of these numbers of texts, with the words of that text."""
    values = {each.key: getattr(like, each.key) for each in inspect(Ticket).column_attrs}
    text = {"person_id": cast.tang.person_id, "body": "", "sha256": "0" * 64, "erased_at": None}
    ids = {number: (new_id(), new_id()) for number in words}
    run = cast.session.execute
    run(insert(TypedText), [{**text, "id": text_id} for _, text_id in ids.values()])
    run(insert(Ticket), [{**values, "id": each, "reference": f"C-{n}"} for n, (each, _) in ids.items()])
    run(insert(TicketWords), [
        {"number": n, "ticket_id": each, "text_id": said, "audience": Audience.CUSTOMER, "terms": words[n]}
        for n, (each, said) in ids.items()
    ])  # fmt: skip


def found(cast: Cast, typed: str) -> list[str]:
    """Return the numbers of texts by whose tickets an agent finds, the latest first."""
    page = queries.find_tickets(cast.session, cast.actor(cast.agent), Wanted(typed), limit=1_000).page
    return sorted(each.ticket.reference for each in page.rows)


def test_texts_are_found_however_long_ago_they_were_written(both: Cast) -> None:
    ages = (10, 900_000, 3_000_000, 4_900_000, 4_990_000, 4_999_000, 5_000_000)
    written(both, a_ticket(both), dict.fromkeys(ages, "slow"))
    assert found(both, "slow") == sorted(f"C-{age}" for age in ages)


def test_only_the_latest_texts_with_a_word_are_looked_at(both: Cast) -> None:
    lately = range(200_000, 200_000 + MOST_TEXTS)
    written(both, a_ticket(both), {10: "slow", **dict.fromkeys(lately, "slow")})
    assert found(both, "slow") == sorted(f"C-{number}" for number in lately)


def test_another_word_finds_what_is_not_among_the_latest(both: Cast) -> None:
    lately = dict.fromkeys(range(200_000, 200_000 + MOST_TEXTS), "slow")
    written(both, a_ticket(both), {10: "printer slow", 11: "printer", **lately})
    assert found(both, "slow printer") == ["C-10"]


def test_words_that_stand_everywhere_find_the_text_that_has_them_together(both: Cast) -> None:
    texts = {number: "printer" if number % 2 else "slow" for number in range(200_000, 200_000 + 2 * MOST_TEXTS)}
    written(both, a_ticket(both), {10: "printer slow", **texts})
    assert found(both, "slow printer") == ["C-10"]


def test_a_word_is_not_found_as_a_part_of_another(both: Cast) -> None:
    written(both, a_ticket(both), {10: "printer slow", 11: "printers slow"})
    assert found(both, "slow printer") == ["C-10"]


@pytest.fixture
def on_postgresql(empty_postgres_url: str) -> Iterator[Cast]:
    """Return people on PostgreSQL alone; SQLite reads its full-text table from the end."""
    database = open_database(empty_postgres_url)
    schema.upgrade(database)
    with clock.stopped_at(TUESDAY_MORNING), Session(database.reader, expire_on_commit=False) as session:
        yield a_cast(session)
    database.dispose()


def test_older_texts_are_left_alone_where_the_latest_are_enough(on_postgresql: Cast) -> None:
    lately = dict.fromkeys(range(200_000, 200_000 + MOST_TEXTS), "slow")
    written(on_postgresql, a_ticket(on_postgresql), {10: "slow rare", **lately})
    everywhere = plan_of(on_postgresql, lambda: found(on_postgresql, "slow"))
    hardly_anywhere = plan_of(on_postgresql, lambda: found(on_postgresql, "rare"))
    assert [scans_left_alone(each) for each in (everywhere, hardly_anywhere)] == [2, 0]


def scans_left_alone(plan: Sequence[str]) -> int:
    """Return how many times texts would have been looked through, but were not."""
    return sum(bool(re.search(r"(Heap|Seq) Scan on ticket_words .*never executed", line)) for line in plan)


def test_names_are_looked_up_for_the_tickets_of_a_list_alone(on_postgresql: Cast) -> None:
    """PostgreSQL takes more than eight joins as they stand; what is wanted has to come before them."""
    a_ticket(on_postgresql, title="Slow")
    session, agent = on_postgresql.session, on_postgresql.actor(on_postgresql.agent)
    tang = on_postgresql.actor(on_postgresql.tang)
    looks = {
        "queue": lambda: lane_of(session, agent),
        "mine": lambda: queries.my_tickets(session, tang),
        "search": lambda: queries.find_tickets(session, agent, Wanted("slow")),
    }
    plans = {name: "".join(plan_of(on_postgresql, look)) for name, look in looks.items()}
    late = [name for name, plan in plans.items() if not re.search(r"\bid = ANY", plan)]
    assert late == []


def test_what_cannot_wait_is_read_from_an_index_of_its_own(on_postgresql: Cast) -> None:
    a_ticket(on_postgresql, severity=Priority.P1)
    session, agent = on_postgresql.session, on_postgresql.actor(on_postgresql.agent)
    plan = "".join(plan_of(on_postgresql, lambda: lane_of(session, agent, View(lane=Lane.EMERGENCY))))
    assert "ix_ticket_urgent" in plan


def plan_of(cast: Cast, look: Callable[[], object]) -> list[str]:
    """Return how PostgreSQL goes about the last statement of a look, where it uses indexes as if there were much."""
    said: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, values: Any, *_rest: object) -> None:
        said.append((statement, values))

    engine = cast.session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    look()
    event.remove(engine, "before_cursor_execute", note)
    run = cast.session.connection().exec_driver_sql
    run("SET enable_seqscan = off")
    return [*run(f"EXPLAIN (ANALYZE) {said[-1][0]}", said[-1][1]).scalars()]
