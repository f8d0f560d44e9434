"""A row is one worker's at a time, on both databases."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from portal import schema
from portal.core import clock
from portal.core.db import Database, open_database
from portal.outbox import leasing, services
from portal.outbox.messages import Message
from portal.outbox.models import Job, OutboxMessage
from tests.portal_app import TUESDAY_MORNING


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def either(request: pytest.FixtureRequest) -> Iterator[Database]:
    """Each of the two databases in turn."""
    name = "database_url" if request.param == "sqlite" else "empty_postgres_url"
    opened = open_database(request.getfixturevalue(name))
    if request.param == "postgres":
        schema.upgrade(opened)
    with clock.stopped_at(TUESDAY_MORNING):
        yield opened
    opened.dispose()


def queue(database: Database, *keys: str) -> None:
    with database.write() as session:
        for key in keys:
            message = Message(kind="test", subject_id=uuid4(), address="a@b.example", dedupe_key=key)
            services.queue(session, message, at=clock.now())


def take_all(database: Database) -> list[str]:
    taken = []
    while lease := leasing.take(database, OutboxMessage, at=clock.now()):
        taken.append(lease.row.dedupe_key)
    return taken


def test_two_workers_never_take_the_same(either: Database) -> None:
    keys = [f"message-{number}" for number in range(60)]
    queue(either, *keys)
    with ThreadPoolExecutor(4) as workers:
        taken = [key for part in workers.map(take_all, [either] * 4) for key in part]
    assert sorted(taken) == sorted(keys)


def test_the_one_that_is_due_longest_comes_first(either: Database) -> None:
    queue(either, "first")
    with clock.stopped_at(clock.now() + timedelta(seconds=1)):
        queue(either, "second")
    with clock.stopped_at(clock.now() + timedelta(seconds=2)):
        assert take_all(either) == ["first", "second"]


def test_one_of_very_many_waits_for_whatever_else_is_due(either: Database) -> None:
    queue(either, "a notice")
    with either.write() as session:
        session.execute(update(OutboxMessage).values(is_bulk=True))
    with clock.stopped_at(clock.now() + timedelta(seconds=1)):
        queue(either, "a sign-in code")
        assert take_all(either) == ["a sign-in code", "a notice"]


def test_what_a_dead_worker_held_comes_back_when_its_lease_ends(either: Database) -> None:
    queue(either, "one")
    assert take_all(either) == ["one"]
    assert take_all(either) == []
    with clock.stopped_at(clock.now() + leasing.LEASE):
        assert take_all(either) == ["one"]


def test_what_is_finished_does_not_come_back(either: Database) -> None:
    queue(either, "one")
    lease = leasing.take(either, OutboxMessage, at=clock.now())
    assert lease is not None
    leasing.finish(either, lease, delivered_at=clock.now())
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        assert take_all(either) == []


def test_a_worker_that_lost_its_lease_changes_nothing(either: Database) -> None:
    queue(either, "one")
    slow = leasing.take(either, OutboxMessage, at=clock.now())
    with clock.stopped_at(clock.now() + leasing.LEASE):
        quick = leasing.take(either, OutboxMessage, at=clock.now())
    assert slow is not None
    assert quick is not None
    leasing.give_up(either, slow, "too slow", at=clock.now())
    with either.read() as session:
        row = session.get_one(OutboxMessage, quick.row.id)
    assert (row.dead_at, row.last_error) == (None, "")


def test_it_waits_longer_each_time_and_is_a_dead_letter_in_the_end(either: Database) -> None:
    with either.write() as session:
        services.add_job(session, "test", {}, dedupe_key="one", at=clock.now())
    at, waits = clock.now(), []
    for _ in range(leasing.MOST_ATTEMPTS[Job]):
        lease = leasing.take(either, Job, at=at)
        assert lease is not None
        leasing.put_off(either, lease, "no", at=at)
        with either.read() as session:
            row = session.get_one(Job, lease.row.id)
        waits.append(row.next_at - at)
        at = row.next_at
    assert row.dead_at is not None
    assert waits[0] < waits[1] < waits[2] < waits[3]
    assert leasing.take(either, Job, at=at + timedelta(days=1)) is None


@pytest.mark.parametrize(("attempts", "least", "most"), [(1, 22, 38), (2, 45, 75), (15, 2700, 4500)])
def test_the_wait_is_doubled_and_scattered(attempts: int, least: int, most: int) -> None:
    waits = {leasing.wait_after(attempts).total_seconds() for _ in range(50)}
    assert least <= min(waits) < max(waits) <= most
