"""What a page asks of the database: every statement, and every transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event

from portal.core.db import Database

_NO_STATEMENTS = ("BEGIN", "PRAGMA", "SELECT pg_advisory")


@dataclass
class Said:
    """What was said to the database for a while."""

    statements: list[tuple[str, Any]] = field(default_factory=list)
    """Each statement with its values, as the driver got them."""
    transactions: int = 0

    @property
    def count(self) -> int:
        """How many statements there were."""
        return len(self.statements)

    @property
    def reads(self) -> list[tuple[str, Any]]:
        """The statements that only look."""
        return [(text, values) for text, values in self.statements if text.startswith(("SELECT", "WITH"))]


@contextmanager
def listening(database: Database) -> Iterator[Said]:
    """Collect what is said to a database while it lasts; beginning a transaction is no statement."""
    said = Said()

    def note(_: object, __: object, statement: str, values: Any, *___: object) -> None:
        if not statement.startswith(_NO_STATEMENTS):
            said.statements.append((statement, values))

    def begin(_: object) -> None:
        said.transactions += 1

    for engine in (database.reader, database.writer):
        event.listen(engine, "before_cursor_execute", note)
    event.listen(database.writer, "begin", begin)
    try:
        yield said
    finally:
        for engine in (database.reader, database.writer):
            event.remove(engine, "before_cursor_execute", note)
        event.remove(database.writer, "begin", begin)
