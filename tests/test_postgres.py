"""The tests' own PostgreSQL is a real one."""

import pytest
from sqlalchemy import create_engine, text

pytestmark = pytest.mark.postgres


def test_it_answers(postgres_url: str) -> None:
    engine = create_engine(postgres_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version()")).scalar_one().startswith("PostgreSQL")
    engine.dispose()


def test_each_empty_database_is_empty(empty_postgres_url: str) -> None:
    engine = create_engine(empty_postgres_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE noise (id int)"))
        tables = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars()
        assert list(tables) == ["noise"]
    engine.dispose()
