"""A database that goes away in the middle of a request: once more, then a page that says so."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from portal import schema
from portal.app import create_app
from portal.core import web
from portal.core.db import open_database
from portal.settings import Settings
from portal.ui import access
from tests.portal_app import SECRET_KEY, prepare

END_EVERYONE_ELSE = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
def on_postgres(empty_postgres_url: str) -> Iterator[Flask]:
    """Return a portal on PostgreSQL, with a page that loses its connection a number of times."""
    database = open_database(empty_postgres_url)
    schema.upgrade(database)
    database.dispose()
    app = create_app(Settings(database_url=empty_postgres_url, secret_key=SECRET_KEY))
    prepare(app)
    outside = create_engine(empty_postgres_url.replace("postgresql://", "postgresql+psycopg://"))
    losses = {"left": 0}

    @app.route("/lose/<int:times>", methods=["GET", "POST"])
    @access.public
    def lose(times: int) -> str:
        losses["left"] = losses["left"] or times + 1
        losses["left"] -= 1
        web.reading().execute(text("SELECT 1"))
        if losses["left"]:
            with outside.connect() as connection:
                connection.execute(END_EVERYONE_ELSE)
        return str(web.reading().execute(text("SELECT 42")).scalar())

    yield app
    app.extensions["plainport.database"].dispose()
    outside.dispose()


@pytest.mark.postgres
def test_a_page_survives_one_lost_connection(on_postgres: Flask) -> None:
    with on_postgres.test_request_context("/lose/1"):
        assert on_postgres.dispatch_request() == "42"


@pytest.mark.postgres
def test_a_second_loss_is_answered_with_when_to_come_back(on_postgres: Flask) -> None:
    answer = on_postgres.test_client().get("/lose/2")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]


@pytest.mark.postgres
def test_a_form_without_its_key_is_not_sent_twice(on_postgres: Flask) -> None:
    assert on_postgres.test_client().post("/lose/1").status_code == 503


@pytest.mark.postgres
def test_a_form_with_its_key_is_sent_again(on_postgres: Flask) -> None:
    assert on_postgres.test_client().post("/lose/1", data={"once": "a-key"}).status_code == 200
