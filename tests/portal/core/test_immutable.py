"""What happened and what was said can't be changed in the database either."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import exc, text

from portal import schema
from portal.core.db import Database, open_database

NEVER_CHANGED = (
    "event",
    "promise",
    "promise_outcome",
    "snapshot",
    "receipt",
    "questionnaire_version",
    "notice_revision",
)
VERSION = (
    "INSERT INTO questionnaire_version (id, key, number, sha256, body, published_at) "
    "VALUES ('0198a1ff94cca17541a8d9d12e7c6241', 'his-fault', 1, 'x', '{}', '2026-04-21 02:02:00')"
)


def refused(database: Database, statement: str) -> None:
    """Check that the database refuses a statement."""
    with pytest.raises(exc.DBAPIError, match="never changed"), database.writer.begin() as connection:
        connection.execute(text(statement))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def migrated(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A migrated database of each kind with one published questionnaire."""
    ask: Callable[[str], str] = request.getfixturevalue
    database = open_database(ask("database_url" if request.param == "sqlite" else "empty_postgres_url"))
    schema.upgrade(database)
    with database.writer.begin() as connection:
        connection.execute(text(VERSION))
    yield database
    database.dispose()


def test_a_row_is_never_changed(migrated: Database) -> None:
    refused(migrated, "UPDATE questionnaire_version SET body = 'another'")


def test_a_row_is_never_removed(migrated: Database) -> None:
    refused(migrated, "DELETE FROM questionnaire_version")


def test_every_table_of_the_record_refuses_both(migrated: Database) -> None:
    names = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if migrated.is_sqlite
        else "SELECT tgname FROM pg_trigger"
    )
    with migrated.reader.connect() as connection:
        found = set(connection.execute(text(names)).scalars())
    assert {f"{table}_refuses_{action}" for table in NEVER_CHANGED for action in ("update", "delete")} <= found


def test_the_refusal_goes_with_its_migration(migrated: Database) -> None:
    schema.downgrade(migrated, "0001")
    with migrated.writer.begin() as connection:
        assert connection.execute(text("DELETE FROM questionnaire_version")).rowcount == 1
