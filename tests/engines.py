"""Both databases: a test that asks for one of these fixtures runs on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from portal import schema
from portal.core.db import Database, open_database

ENGINES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


@pytest.fixture(params=ENGINES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a database without tables, on each engine in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return str(request.getfixturevalue("empty_postgres_url"))


@pytest.fixture
def migrated(empty_url: str) -> Iterator[Database]:
    """Return a database with every table and no rows, on each engine in turn."""
    database = open_database(empty_url)
    schema.upgrade(database)
    yield database
    database.dispose()
