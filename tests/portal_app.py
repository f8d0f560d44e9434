"""Fixtures of a running portal: database, application, clock, people who are signed in."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask, request_started
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from portal import schema
from portal.accounts import services as accounts
from portal.accounts.doorman import TOKEN
from portal.accounts.models import Person
from portal.app import create_app
from portal.core import clock, web
from portal.core.db import Database, open_database
from portal.settings import Settings
from tests.inspector import InspectingClient

SECRET_KEY = "for-tests-only-" * 4
TUESDAY_MORNING = datetime(2026, 4, 21, 2, 2, tzinfo=UTC)
"""Tuesday 21 April 2026, 10:02 in Beijing."""


@pytest.fixture(scope="session")
def empty_database_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a migrated SQLite file, copied for each test."""
    path = tmp_path_factory.mktemp("database") / "empty.db"
    database = open_database(f"sqlite:///{path}")
    schema.upgrade(database)
    database.dispose()
    return path


@pytest.fixture
def database_url(empty_database_file: Path, tmp_path: Path) -> str:
    """Return a database of the test's own."""
    for suffix in ("", "-wal"):
        source = empty_database_file.with_name(empty_database_file.name + suffix)
        if source.exists():
            shutil.copy(source, tmp_path / f"portal.db{suffix}")
    return f"sqlite:///{tmp_path / 'portal.db'}"


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Return settings for a portal of the test's own."""
    return Settings(
        database_url=database_url,
        secret_key=SECRET_KEY,
        files_folder=str(tmp_path / "files"),
        public_url="http://localhost",
        vendor_name={"en": "Heyuan Health Software", "zh_Hans": "和源医疗软件", "zh_Hant": "和源醫療軟體"},
        hotline="400-000-0000",
        default_locale="en",
        secure_cookies=False,
        demo=True,
    )


@pytest.fixture(scope="session")
def wired(empty_database_file: Path) -> Flask:
    """Return the portal, wired once: its templates are compiled once, whatever the number of tests."""
    application = create_app(Settings(database_url=f"sqlite:///{empty_database_file}", secret_key=SECRET_KEY))
    prepare(application)
    return application


def prepare(application: Flask) -> None:
    """Make an application fit for tests."""
    application.config.update(WTF_CSRF_ENABLED=False, SESSION_COOKIE_SECURE=False, SESSION_COOKIE_NAME="plainport")
    application.test_client_class = InspectingClient


def forget_power_cuts(database: Database) -> None:
    """Let a database not wait for the disk: it is thrown away with its test, and thousands of them wait for minutes."""
    for engine in (database.reader, database.writer) if database.is_sqlite else ():
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))


@pytest.fixture
def app(wired: Flask, settings: Settings) -> Iterator[Flask]:
    """Return the portal with a database of the test's own; the clock stands at Tuesday morning."""
    config, extensions = dict(wired.config), dict(wired.extensions)
    database = open_database(settings.database_url)
    forget_power_cuts(database)
    wired.extensions.update({"plainport.settings": settings, "plainport.database": database})
    with clock.stopped_at(TUESDAY_MORNING):
        yield wired
    database.dispose()
    for kept, now in ((config, wired.config), (extensions, wired.extensions)):
        now.clear()
        now.update(kept)


@pytest.fixture
def database(app: Flask) -> Database:
    """Return the portal's database."""
    with app.app_context():
        return web.database()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """Return a session to arrange and look with; each statement is committed at once, so nothing waits for it.

    What it has not written yet is written before a page is asked for, as at the end of a transaction.
    """
    with Session(database.reader, expire_on_commit=False) as opened:

        def write(_: Flask, **__: object) -> None:
            opened.flush()

        with request_started.connected_to(write):
            yield opened


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a browser in which nobody is signed in."""
    return app.test_client()


@pytest.fixture
def signed_in(app: Flask, database: Database) -> Callable[[Person], FlaskClient]:
    """Return a way to get a browser in which a person is signed in."""

    def sign_in(person: Person) -> FlaskClient:
        with database.write() as session:
            token = accounts.start_session(session, person_id=person.id, browser="tests", at=clock.now())
        browser = app.test_client()
        with browser.session_transaction() as cookie:
            cookie[TOKEN] = token
        return browser

    return sign_in
