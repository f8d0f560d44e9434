"""What is asked of each database: pages, as their readers, and what the database touches to answer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import event

from benchmarks.calling import Call, calling
from benchmarks.million import base, measuring
from benchmarks.million.base import Readers
from portal.accounts import services as accounts
from portal.accounts.doorman import TOKEN
from portal.app import create_app
from portal.core import web
from portal.core.actor import Actor
from portal.core.db import Database
from portal.settings import Settings


@dataclass
class Asked:
    """A portal on a database of some size."""

    app: Flask
    database: Database
    calls: dict[str, Call] = field(default_factory=dict)

    def statements(self, page: str) -> int:
        """Return how many statements a page says."""
        with _heard(self.database) as said:
            self.calls[page]()
        return len(said)

    def touched(self, page: str) -> int:
        """Return how many blocks the database touches for a page, each time that it comes back to one counted."""
        with _heard(self.database) as said:
            self.calls[page]()
        touched = measuring.sqlite_touches if self.database.is_sqlite else measuring.postgresql_touches
        with self.database.reader.connect() as connection:
            return sum(touched(connection, statement, values) for statement, values in said)

    def read(self, page: str) -> int | None:
        """Count what SQLite reads from the file when nothing is kept yet, less what each new connection reads."""
        return self._reads(self.calls[page]) - self._reads(self._open) if self.database.is_sqlite else None

    def seconds(self, page: str) -> float:
        """Return the processor time of one call: ours, and that of the server's process which answers us."""
        server = None if self.database.is_sqlite else measuring.server_of(self.database)
        begun = measuring.processor_time(server)
        self.calls[page]()
        return measuring.processor_time(server) - begun

    def _open(self) -> None:
        with self.database.reader.connect() as connection:
            connection.exec_driver_sql(measuring.SCHEMA)

    def _reads(self, do: Callable[[], object]) -> int:
        self.database.reader.dispose()
        before = measuring.read_calls()
        do()
        return measuring.read_calls() - before


def open_portal(url: str, folder: Path, readers: Readers) -> Asked:
    """Return the portal on a filled database, with everybody signed in."""
    folder.mkdir(exist_ok=True)
    app = create_app(Settings(database_url=url, secret_key="for-benchmarks-only-" * 2, files_folder=str(folder)))
    with app.app_context():
        asked = Asked(app, web.database())
    words = {"rare": base.RARE, "frequent": base.FREQUENT}
    pages = {
        "home": ("/", readers.own),
        "ticket": (f"/tickets/{readers.reference}", readers.own),
        "my tickets": ("/tickets", readers.own),
        "the organisation's tickets": ("/tickets", readers.colleague),
        **{f"search, {name} word": (f"/tickets?q={quote(word)}", readers.colleague) for name, word in words.items()},
        "desk queue": ("/desk", readers.agent),
        "desk ticket": (f"/desk/tickets/{readers.reference}", readers.agent),
        **{
            f"desk search, {name} word": (f"/desk/tickets?q={quote(word)}", readers.agent)
            for name, word in words.items()
        },
    }
    cookies = {reader: _cookie(asked, reader) for reader in {reader for _, reader in pages.values()}}
    for path, reader in pages.values():
        _make_sure(app, path, cookies[reader])
    asked.calls = {name: calling(app, path, cookie=cookies[reader]) for name, (path, reader) in pages.items()}
    return asked


def _make_sure(app: Flask, path: str, cookie: str) -> None:
    """Raise LookupError for a page that is not shown: what it costs not to answer is not asked."""
    answer = app.test_client(use_cookies=False).get(path, headers={"Cookie": cookie})
    if answer.status_code != 200:
        raise LookupError(f"{path}: {answer.status}")


def _cookie(asked: Asked, reader: Actor) -> str:
    if reader.person_id is None:
        raise LookupError("nobody can't sign in")
    with asked.database.write() as session:
        token = accounts.start_session(session, person_id=reader.person_id, browser="benchmark", at=base.NOW)
    serializer = SecureCookieSessionInterface().get_signing_serializer(asked.app)
    if serializer is None:
        raise LookupError("the portal has no secret")
    return f"{asked.app.config['SESSION_COOKIE_NAME']}={serializer.dumps({TOKEN: token})}"


@contextmanager
def _heard(database: Database) -> Iterator[list[tuple[str, Any]]]:
    said: list[tuple[str, Any]] = []

    def note(_: object, __: object, statement: str, values: Any, *___: object) -> None:
        said.append((statement, values))

    for engine in (database.reader, database.writer):
        event.listen(engine, "before_cursor_execute", note)
    yield said
    for engine in (database.reader, database.writer):
        event.remove(engine, "before_cursor_execute", note)
