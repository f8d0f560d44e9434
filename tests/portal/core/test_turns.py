"""A line of writers that moves on, and one that doesn't."""

import fcntl
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Semaphore
from time import monotonic, sleep

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from portal.core import turns
from portal.core.db import Database, open_database
from portal.core.models import Counter


@pytest.fixture
def opened(database_url: str) -> Iterator[Database]:
    """A migrated SQLite database."""
    database = open_database(database_url)
    yield database
    database.dispose()


@contextmanager
def somebody_writing(database: Database) -> Iterator[None]:
    """Hold the line up, as a process that hangs in the middle of a change would."""
    descriptor = os.open(f"{database.writer.url.database}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    yield
    os.close(descriptor)


def write(database: Database) -> None:
    with database.write() as session:
        session.execute(text("INSERT INTO counter (name, value) VALUES (hex(randomblob(8)), 1)"))


def count(database: Database) -> int:
    with database.read() as session:
        return session.query(Counter).count()


def stand_ins(database: Database) -> int:
    """Return how many descriptors of the line are open beside those of pooled connections."""
    path = os.path.realpath(f"{database.writer.url.database}.lock")
    found = [each for each in Path("/proc/self/fd").iterdir() if os.path.realpath(each) == path]
    return len(found)


def test_nobody_waits_for_ever(opened: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONGEST", 0.1)
    write(opened)
    with somebody_writing(opened), pytest.raises(OperationalError, match="the line did not move"):
        write(opened)
    assert count(opened) == 1


def test_whoever_gave_up_leaves_nothing_behind(opened: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONGEST", 0.05)
    write(opened)
    with somebody_writing(opened):
        for _ in range(3):
            with pytest.raises(OperationalError):
                write(opened)
    ends = monotonic() + 5
    while stand_ins(opened) > 1 and monotonic() < ends:
        sleep(0.01)
    assert stand_ins(opened) == 1
    monkeypatch.setattr(turns, "LONGEST", 5)
    write(opened)
    assert count(opened) == 2


def test_whoever_waits_a_little_gets_in(opened: Database) -> None:
    with ThreadPoolExecutor(4) as people:
        with somebody_writing(opened):
            waiting = [people.submit(write, opened) for _ in range(4)]
            sleep(0.1)
        for each in waiting:
            each.result()
    assert count(opened) == 4


def test_a_line_that_is_too_long_is_said_at_once(opened: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_waiting", Semaphore(1))
    with ThreadPoolExecutor(1) as people, somebody_writing(opened):
        first = people.submit(write, opened)
        sleep(0.1)
        with pytest.raises(OperationalError):
            write(opened)
        assert not first.done()


def test_each_gets_its_turn_in_the_order_of_coming(opened: Database) -> None:
    order: list[int] = []

    def wait(number: int, begun: Event) -> None:
        begun.set()
        with opened.write() as session:
            session.execute(text("SELECT 1"))
            order.append(number)

    with ThreadPoolExecutor(5) as people, somebody_writing(opened):
        for number in range(5):
            begun = Event()
            people.submit(wait, number, begun)
            begun.wait(5)
            sleep(0.05)
    assert order == [0, 1, 2, 3, 4]
