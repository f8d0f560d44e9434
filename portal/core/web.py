"""The database session of a request: one to read with, one transaction to change things in."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from flask import Flask, current_app, g
from sqlalchemy.orm import Session

from portal.core.db import Database


def database() -> Database:
    """Return the database of the running application."""
    return cast(Database, current_app.extensions["plainport.database"])


def reading() -> Session:
    """Return this request's session for reading."""
    if "reader" not in g:
        g.reader = database().read()
    return cast(Session, g.reader)


def forget_reader() -> None:
    """Close this request's session for reading; the next read opens another."""
    reader = g.pop("reader", None)
    if reader is not None:
        reader.close()


@contextmanager
def changing() -> Iterator[Session]:
    """Change things in one transaction; do slow work before it, and read again inside it what you decide on."""
    g.has_changed_something = True
    with database().write() as session:
        yield session


def init_app(app: Flask, opened: Database) -> None:
    """Give the application its database and close each request's session."""
    app.extensions["plainport.database"] = opened

    @app.teardown_appcontext
    def close_reader(_: BaseException | None) -> None:
        forget_reader()
