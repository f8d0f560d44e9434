"""Migrations lead to what the models say, and back again."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from portal import schema
from portal.core.db import Base, Database
from portal.features import import_models

pytestmark = pytest.mark.slow

import_models()
SQLITE_SCHEMA = "SELECT name, coalesce(sql, '') FROM sqlite_master ORDER BY type, name"
POSTGRESQL_SCHEMA = """
    SELECT table_name || '.' || column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
    ORDER BY 1, 2
"""


def test_the_tables_are_what_the_models_say(migrated: Database) -> None:
    assert differences(migrated) == []


def test_a_table_that_no_model_knows_is_noticed(migrated: Database) -> None:
    with migrated.writer.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE left_over (id INTEGER PRIMARY KEY)")
    assert [change[0] for change in differences(migrated)] == ["remove_table"]


def test_going_down_leaves_nothing_behind(migrated: Database) -> None:
    schema.downgrade(migrated, "base")
    assert set(inspect(migrated.writer).get_table_names()) == {"alembic_version"}


def test_going_down_one_release_and_up_again_changes_nothing(migrated: Database) -> None:
    before = written_schema(migrated)
    schema.downgrade(migrated, "-1")
    schema.upgrade(migrated)
    assert written_schema(migrated) == before


def test_coming_up_again_gives_the_same_tables(migrated: Database) -> None:
    schema.downgrade(migrated, "base")
    schema.upgrade(migrated)
    assert differences(migrated) == []
    assert schema.is_current(migrated)


def differences(database: Database) -> list[tuple[object, ...]]:
    """Return what a new migration would have to do."""
    with database.writer.connect() as connection:
        opts = {"compare_type": True, "compare_server_default": True, "include_name": is_modelled}
        context = MigrationContext.configure(connection, opts=opts)
        return [tuple(change) for change in compare_metadata(context, Base.metadata)]


def is_modelled(name: str | None, kind: str, _parents: object) -> bool:
    """Whether a model should know it: what is looked through to find words is made in the way of each database."""
    found_with = ("ticket_terms", "ix_ticket_words_terms", "notice_terms", "ix_notice_words_terms")
    return not (kind in ("table", "index") and (name or "").startswith(found_with))


def written_schema(database: Database) -> list[tuple[str, str]]:
    """Return every table, index, trigger and constraint as the database itself writes it."""
    statement = SQLITE_SCHEMA if database.is_sqlite else POSTGRESQL_SCHEMA
    with database.reader.connect() as connection:
        return [(row[0], row[1]) for row in connection.exec_driver_sql(statement)]
