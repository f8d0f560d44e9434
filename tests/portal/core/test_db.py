"""The database keeps what it was given: how SQLite is opened, and how writers take turns."""

import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ArgumentError, IntegrityError, OperationalError

from portal.core.db import Database, Moment, open_database
from portal.core.models import Counter
from tests.statements import listening

DURABLE = {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 5000, "foreign_keys": 1, "mmap_size": 0}
IN_REACH = {"cache_size": -8000}
"""Blocks that stay in reach: a search among a million tickets goes through more than SQLite would keep by itself."""


@pytest.fixture
def opened(database_url: str) -> Iterator[Database]:
    """A migrated SQLite database."""
    database = open_database(database_url)
    yield database
    database.dispose()


@pytest.fixture
def file(opened: Database) -> Path:
    """The file it lies in."""
    return Path(opened.writer.url.database or "")


@pytest.mark.parametrize("engine", ["reader", "writer"])
def test_every_connection_asks_the_disk_to_keep_each_transaction(opened: Database, engine: str) -> None:
    with getattr(opened, engine).connect() as first, getattr(opened, engine).connect() as second:
        for connection in (first, second) if engine == "reader" else (first,):
            found = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in DURABLE | IN_REACH}
            assert found == DURABLE | IN_REACH


def another_writer(database: Database) -> None:
    """Try to write from a connection that knows nothing of our line; waits for nobody."""
    driver: Any = database.writer.dialect.loaded_dbapi
    connection = driver.connect(database.writer.url.database, timeout=0, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    finally:
        connection.close()


def test_a_change_holds_the_database_from_its_first_statement(opened: Database) -> None:
    driver: Any = opened.writer.dialect.loaded_dbapi
    with opened.write() as session:
        session.execute(text("SELECT 1"))
        with pytest.raises(driver.OperationalError, match="locked"):
            another_writer(opened)
    another_writer(opened)


def test_reading_holds_nothing(opened: Database) -> None:
    with opened.read() as session:
        session.execute(text("SELECT count(*) FROM counter")).scalar()
        another_writer(opened)


def test_reading_sees_what_others_have_written_meanwhile(opened: Database) -> None:
    with opened.read() as reading:
        assert reading.execute(text("SELECT count(*) FROM counter")).scalar() == 0
        with opened.write() as session:
            session.add(Counter(name="a", value=1))
        assert reading.execute(text("SELECT count(*) FROM counter")).scalar() == 1


def add_twice(database: Database) -> None:
    with database.write() as session:
        session.execute(text("INSERT INTO counter (name, value) VALUES ('a', 1)"))
        session.execute(text("INSERT INTO counter (name, value) VALUES ('a', 2)"))


def test_an_exception_takes_a_change_back_and_lets_the_next_one_in(opened: Database) -> None:
    with pytest.raises(IntegrityError):
        add_twice(opened)
    with opened.write() as session:
        assert session.get(Counter, "a") is None


def raise_counter(database: Database) -> None:
    with database.write() as session:
        row = session.get_one(Counter, "shared")
        row.value += 1


def test_writers_at_once_wait_for_each_other_and_none_is_turned_away(opened: Database) -> None:
    with opened.write() as session:
        session.add(Counter(name="shared", value=0))
    with ThreadPoolExecutor(8) as people:
        for each in [people.submit(raise_counter, opened) for _ in range(120)]:
            each.result()
    with opened.read() as session:
        assert session.get_one(Counter, "shared").value == 120


def lock_files(file: Path) -> list[int]:
    """The descriptors of this process that are open on the line's file."""
    found = [int(each) for each in os.listdir("/proc/self/fd")]  # noqa: PTH208 (as short as can be: it lists itself too)
    return [each for each in found if os.path.realpath(f"/proc/self/fd/{each}") == f"{file}.lock"]


def test_every_connection_stands_in_line_for_itself(opened: Database, file: Path) -> None:
    first, second = opened.writer.raw_connection(), opened.writer.raw_connection()
    assert len(lock_files(file)) == 2
    first.close()
    second.close()
    opened.dispose()
    assert lock_files(file) == []


def test_a_thread_waits_while_another_changes_something(opened: Database) -> None:
    begun, order = Event(), []

    def later() -> None:
        begun.set()
        with opened.write() as session:
            session.execute(text("SELECT 1"))
            order.append("second")

    with ThreadPoolExecutor(1) as people:
        with opened.write() as session:
            session.execute(text("SELECT 1"))
            waiting = people.submit(later)
            begun.wait(5)
            order.append("first")
        waiting.result()
    assert order == ["first", "second"]


def test_what_refers_to_nothing_is_refused(opened: Database) -> None:
    with pytest.raises(IntegrityError, match="FOREIGN KEY"), opened.write() as session:
        session.execute(text("INSERT INTO typed_text (id, person_id, body, sha256) VALUES ('1', 'nobody', '', '')"))


def test_a_naive_time_is_refused(opened: Database) -> None:
    naive = datetime(2026, 4, 21, 10, 2)  # noqa: DTZ001 (what is refused)
    with pytest.raises(ValueError, match="only aware times"):
        Moment().process_bind_param(naive, opened.writer.dialect)


def test_times_are_kept_in_utc_and_come_back_aware(opened: Database) -> None:
    dialect, moment = opened.writer.dialect, datetime(2026, 4, 21, 10, 2, tzinfo=ZoneInfo("Asia/Shanghai"))
    kept = Moment().process_bind_param(moment, dialect)
    assert str(kept) == "2026-04-21 02:02:00"
    assert Moment().process_result_value(kept, dialect) == moment


@pytest.mark.parametrize("url", ["", "nonsense", "://"])
def test_an_address_that_is_no_database_is_refused(url: str) -> None:
    with pytest.raises(ArgumentError):
        open_database(url)


@pytest.mark.postgres
def test_postgresql_keeps_each_transaction_and_reads_without_one(postgres_url: str) -> None:
    database = open_database(postgres_url)
    with database.writer.connect() as connection:
        assert connection.execute(text("SHOW synchronous_commit")).scalar() == "on"
        assert connection.execute(text("SHOW transaction_isolation")).scalar() == "read committed"
    with database.reader.connect() as connection:
        connection.execute(text("SELECT 1"))
        assert getattr(connection.connection.driver_connection, "autocommit", False)
    database.dispose()


def test_a_database_that_does_not_answer_is_said_at_once() -> None:
    database = open_database("postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(OperationalError), database.read() as session:
        session.execute(text("SELECT 1"))
    database.dispose()


def test_sqlite_plans_a_limited_statement_once(opened: Database) -> None:
    """A number that is bound in LIMIT has it planned anew each time."""
    with listening(opened) as said, opened.read() as session:
        for limit in (2, 3):
            session.execute(select(Counter.name).limit(limit)).all()
            session.execute(select(Counter.name).limit(limit).offset(1)).all()
    assert [re.findall(r"(?:LIMIT|OFFSET) \S+", text) for text, _ in said.statements] == [
        ["LIMIT 2", "OFFSET 0"],
        ["LIMIT 2", "OFFSET 1"],
        ["LIMIT 3", "OFFSET 0"],
        ["LIMIT 3", "OFFSET 1"],
    ]
