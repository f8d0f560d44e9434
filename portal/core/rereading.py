"""Noting what was read, and reading it again: whatever was made of it holds for as long as it reads the same."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy
from sqlalchemy.orm import Session

_MOMENT_LENGTH = len("2026-04-21 02:02:00.000000")


@dataclass(frozen=True, slots=True)
class Read:
    """A statement with its values, and what the database answered, as the driver has them."""

    statement: str
    values: Any
    rows: Sequence[tuple[Any, ...]]
    is_timed: bool
    """Whether a time is among the values."""


_noted: ContextVar[list[Read] | None] = ContextVar("noted", default=None)


def listen(reader: Engine) -> None:
    """Let what is read be noted wherever somebody asks for it."""
    event.listen(reader, "after_cursor_execute", _note)


@contextmanager
def noting() -> Iterator[list[Read]]:
    """Collect what is read while it lasts."""
    reads: list[Read] = []
    token = _noted.set(reads)
    try:
        yield reads
    finally:
        _noted.reset(token)


def _note(_: Any, cursor: Any, statement: str, values: Any, context: Any, __: bool) -> None:
    reads = _noted.get()
    if reads is None or cursor.description is None:
        return
    rows = cursor.fetchall()
    context.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(cursor, cursor.description, rows)
    given = values.values() if isinstance(values, dict) else values
    reads.append(Read(statement, values, rows, is_timed=any(_moment(each) is not None for each in given)))


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was read for something, and from when to when it was read."""

    reads: Sequence[Read]
    begun_at: datetime
    done_at: datetime

    def is_same(self, session: Session, *, at: datetime) -> bool:
        """Whether all of it reads the same again; a time that was this moment then is this moment now."""
        connection = session.connection()
        database_error = connection.dialect.loaded_dbapi.Error
        cursor = connection.connection.cursor()
        try:
            return all(self._is_same(cursor, read, at) for read in self.reads)
        except database_error:
            return False  # what is asked next meets the same fault, and says so
        finally:
            cursor.close()

    def _is_same(self, cursor: Any, read: Read, at: datetime) -> bool:
        cursor.execute(read.statement, self._as_of(read.values, at) if read.is_timed else read.values)
        return bool(cursor.fetchall() == read.rows)

    def _as_of(self, values: Any, at: datetime) -> Any:
        if isinstance(values, dict):
            return {name: self._moved(value, at) for name, value in values.items()}
        return tuple(self._moved(value, at) for value in values)

    def _moved(self, value: Any, at: datetime) -> Any:
        moment = _moment(value)
        if moment is None or not self.begun_at <= moment <= self.done_at:
            return value
        return at if isinstance(value, datetime) else _written(at)

    def next_moment(self) -> datetime | None:
        """Return the next time that stands in what was read: what was made of it may look different from then on."""
        found = (_moment(value) for read in self.reads for row in read.rows for value in row)
        return min((moment for moment in found if moment is not None and moment > self.done_at), default=None)


def _moment(value: Any) -> datetime | None:
    """Return the time that a value of the driver is; SQLite keeps times as text, in UTC."""
    if isinstance(value, datetime):
        return value if value.tzinfo else None
    if not isinstance(value, str) or len(value) != _MOMENT_LENGTH or value[10] != " ":
        return None
    try:
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    except ValueError:
        return None


def _written(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
