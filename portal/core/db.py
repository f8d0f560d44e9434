"""The database: one engine to read, one to write, the same rules on SQLite and PostgreSQL."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

import uuid_utils.compat
from sqlalchemy import JSON, DateTime, Dialect, Engine, MetaData, Uuid, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from portal.core import rereading
from portal.core.plans import NumbersInLimits
from portal.core.turns import TurnError, take_turn

READERS_KEPT = 2000
"""For how many readers a process keeps the statements it has built; a reader's statements never change."""

try:
    from pysqlite3 import dbapi2 as sqlite
except ImportError:  # no wheel for this system; `portal doctor` warns below SQLite 3.51.3
    import sqlite3 as sqlite

SQLITE_VERSION: str = sqlite.sqlite_version


_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=5000",
    "foreign_keys=ON",
    # 8 MB: the default of 2 MB is less than a search for a frequent word goes through among a million tickets.
    "cache_size=-8000",
)


class Moment(TypeDecorator[datetime]):
    """An aware time, kept in UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times; SQLite keeps UTC without a zone so that it sorts."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("only aware times are stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give every time back aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table; constraints have names so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Moment(),
        UUID: Uuid(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
    }


def new_id() -> UUID:
    """Return a new public id: random, and in the order of making (UUIDv7)."""
    return uuid_utils.compat.uuid7()


def in_this_transaction(session: Session, name: str) -> dict[Any, Any]:
    """Return what is remembered under a name until the transaction ends: what was read in it need not be read again."""
    transaction = session.get_nested_transaction() or session.get_transaction()
    kept: tuple[object, dict[Any, Any]] | None = session.info.get(name)
    if kept is None or transaction is None or kept[0] is not transaction:
        kept = session.info[name] = (transaction, {})
    return kept[1]


@dataclass(frozen=True, slots=True)
class Database:
    """Where everything is kept."""

    reader: Engine
    """Reads one statement at a time, outside transactions: no BEGIN, no ROLLBACK on return."""
    writer: Engine
    """Writes in transactions that take their turn from the first statement."""

    def read(self) -> Session:
        """Return a session for reading; close it when done."""
        return Session(self.reader, autoflush=False, expire_on_commit=False)

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """Read everything as of one moment, however long it takes; nobody waits for it."""
        level = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self.reader.connect().execution_options(**level) as connection, Session(connection) as session:
            if self.is_sqlite:
                connection.exec_driver_sql("BEGIN")
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Change things in one transaction: committed at the end, rolled back by an exception."""
        with Session(self.writer, expire_on_commit=False) as session, session.begin():
            yield session

    def dispose(self) -> None:
        """Close every connection."""
        self.reader.dispose()
        self.writer.dispose()

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a file on this machine."""
        return self.writer.dialect.name == "sqlite"


def open_database(url: str) -> Database:
    """Open ``sqlite:///path`` or ``postgresql://...``; raises sqlalchemy.exc.ArgumentError for another."""
    parsed = make_url(url)
    opened = _open_sqlite(parsed.database or "") if parsed.get_backend_name() == "sqlite" else _open_postgresql(parsed)
    rereading.listen(opened.reader)
    return opened


def _open_postgresql(url: URL) -> Database:
    url = url.set(drivername="postgresql+psycopg")
    # What people typed must not stand in a log because a statement went wrong.
    options: dict[str, Any] = {
        "pool_pre_ping": True,
        "hide_parameters": True,
        "connect_args": {"prepare_threshold": None},
    }
    return Database(
        reader=create_engine(url, isolation_level="AUTOCOMMIT", pool_reset_on_return=None, **options),
        writer=create_engine(url, **options),
    )


def _open_sqlite(path: str) -> Database:
    url = f"sqlite:///{path}"
    _keep_private(path)
    # AUTOCOMMIT means here: SQLAlchemy and the driver start nothing by themselves.
    options: dict[str, Any] = {"module": sqlite, "hide_parameters": True, "connect_args": {"timeout": 5}}
    reader = create_engine(url, pool_reset_on_return=None, **options)
    writer = create_engine(url, **options)
    for engine in (reader, writer):
        engine.dialect.statement_compiler = NumbersInLimits
        event.listen(engine, "connect", _set_pragmas)
    _take_turns(writer, f"{path}.lock")
    return Database(reader=reader, writer=writer)


def _keep_private(path: str) -> None:
    """Make a new file ours alone before SQLite makes it for everyone to read; what lies beside it follows it."""
    # One that is there is not touched: opening and closing it here would drop SQLite's own locks.
    with suppress(OSError):  # where it can't be made, SQLite says so when it is asked for the first time
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))


def _set_pragmas(connection: Any, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _take_turns(writer: Engine, lock_path: str) -> None:
    """Make writers wait in line behind a file lock before BEGIN IMMEDIATE, which alone is unfair."""

    def open_lock(_: Any, record: Any) -> None:
        # One descriptor a connection: on a shared one all threads of a process would get in at once.
        record.info["lock"] = os.open(lock_path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def close_lock(_: Any, record: ConnectionPoolEntry) -> None:
        os.close(record.info.pop("lock"))

    def begin(connection: Any) -> None:
        info = connection.connection.info
        if not take_turn(info["lock"]):
            open_lock(None, connection.connection)
            raise OperationalError("waiting to write", None, TurnError("the line did not move"))
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def unlock(_: Any, record: ConnectionPoolEntry, *__: object) -> None:
        fcntl.flock(record.info["lock"], fcntl.LOCK_UN)

    event.listen(writer, "connect", open_lock)
    event.listen(writer, "close", close_lock)
    event.listen(writer, "begin", begin)
    event.listen(writer, "checkin", unlock)
