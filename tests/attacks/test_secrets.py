"""Secrets stay where they belong: not in files that others read, not in logs, not in the database."""

import logging
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, inspect, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal import schema
from portal.accounts import passwords
from portal.accounts.models import Person
from portal.core.db import Database, open_database
from portal.core.log import RedactingFormatter
from portal.outbox.models import OutboxMessage
from portal.outbox.sealing import unseal
from portal.outbox.worker import Worker
from portal.settings import Settings
from tests.factories import a_contact, an_organisation

PASSWORD = "a canary sang at dawn"
PASTED = "password=Sw0rdfish-4242"


def everything_in(database: Database) -> str:
    """Return every value of every row."""
    with database.read() as session:
        tables = inspect(session.get_bind()).get_table_names()
        return "\n".join(repr(session.execute(text(f'SELECT * FROM "{each}"')).all()) for each in tables)


def test_a_database_is_readable_by_nobody_else(tmp_path: Path) -> None:
    before = os.umask(0o022)
    database = open_database(f"sqlite:///{tmp_path / 'new.db'}")
    schema.upgrade(database)
    found = {each.name: stat.S_IMODE(each.stat().st_mode) for each in tmp_path.glob("new.db*")}
    database.dispose()
    os.umask(before)
    assert "new.db-wal" in found
    assert set(found.values()) == {0o600}


def test_settings_can_be_printed(settings: Settings) -> None:
    printed = repr(
        Settings(secret_key=settings.secret_key, smtp_url="smtp://me:sesame@mail", database_url="x://u:pw@h")
    )
    assert not any(each in printed for each in (settings.secret_key, "sesame", "pw@h"))


def test_a_statement_that_goes_wrong_tells_no_log_what_was_typed(session: Session) -> None:
    a_contact(session, an_organisation(session), email="tang@hospital.example")
    with pytest.raises(IntegrityError) as caught:
        session.execute(
            text("INSERT INTO person (id, name, email, fs_uniquifier) VALUES (:id, :name, :email, 'x')"),
            {"id": "canary-id", "name": "canary-name", "email": "tang@hospital.example"},
        )
    record = logging.LogRecord("x", logging.ERROR, "", 0, "broken", (), (IntegrityError, caught.value, None))
    assert "canary" not in RedactingFormatter("%(message)s").format(record)


def test_no_engine_shows_parameters(database: Database) -> None:
    assert database.reader.hide_parameters
    assert database.writer.hide_parameters
    strict = open_database("postgresql://nobody@localhost/nothing")
    assert strict.reader.hide_parameters
    assert strict.writer.hide_parameters
    assert not create_engine("sqlite://").hide_parameters


def test_passwords_codes_and_tokens_are_nowhere_in_the_database(
    app: Flask, client: FlaskClient, session: Session, database: Database, settings: Settings
) -> None:
    with app.app_context():
        kept = passwords.hashed(PASSWORD)
    a_contact(session, an_organisation(session), email="tang@hospital.example", password=kept)
    session.commit()
    client.post("/sign-in/code", data={"code-identifier": "tang@hospital.example"})
    code = unseal(session.scalars(select(OutboxMessage.secret)).one() or b"", settings.secret_key)
    client.post("/sign-in", data={"password-identifier": "tang@hospital.example", "password-password": PASSWORD})
    with client.session_transaction() as cookie:
        token = cookie["session"]
    dump = everything_in(database)
    assert [each for each in (PASSWORD, f"'{code}'", token, settings.secret_key) if each in dump] == []


def test_a_delivered_code_is_gone_from_the_outbox(
    app: Flask, client: FlaskClient, session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    a_contact(session, an_organisation(session), email="tang@hospital.example")
    session.commit()
    client.post("/sign-in/code", data={"code-identifier": "tang@hospital.example"})
    Worker(app).turn()
    assert "mail to tang@hospital.example" in capsys.readouterr().out
    assert session.scalars(select(OutboxMessage.secret)).all() == [None]


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/code/check", "/invitations/none", "/account/password"])
def test_a_refused_password_is_on_no_page_and_in_no_log(
    client: FlaskClient,
    session: Session,
    signed_in: Callable[[Person], FlaskClient],
    caplog: pytest.LogCaptureFixture,
    path: str,
) -> None:
    contact = a_contact(session, an_organisation(session))
    session.commit()
    browser = signed_in(session.get_one(Person, contact.person_id)) if path.startswith("/account") else client
    names = ("password-password", "password", "again", "current")
    with caplog.at_level(logging.DEBUG):
        answer = browser.post(path, data=dict.fromkeys(names, PASSWORD))
    assert PASSWORD not in answer.text + caplog.text


def test_a_pasted_password_is_not_kept_of_a_call_back(client: FlaskClient, database: Database) -> None:
    told = {"what": f"All is down, {PASTED}", "phone": "010-5555-0199", "name": "Tang", "organisation": "Hospital"}
    assert client.post("/emergency", data=told).status_code == 303
    dump = everything_in(database)
    assert "All is down" in dump
    assert "Sw0rdfish-4242" not in dump
