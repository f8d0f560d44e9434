"""Counting what a page asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from portal.core.db import Database


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Collect the statements said while it lasts; beginning a transaction is none."""
    said: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            said.append(statement)

    for engine in (database.reader, database.writer):
        event.listen(engine, "before_cursor_execute", note)
    yield said
    for engine in (database.reader, database.writer):
        event.remove(engine, "before_cursor_execute", note)
