"""Taking along what is known about oneself."""

import io
import zipfile
from contextlib import closing
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from portal.core import clock
from portal.files.delivery import storage
from portal.files.models import StoredFile
from portal.outbox.worker import Worker
from tests.portal.tickets.cast import Cast, SignInAs


def work(app: Flask) -> None:
    """Let the worker do everything that waits."""
    worker = Worker(app)
    while worker.turn():
        pass


def test_it_is_asked_for_made_and_saved(app: Flask, cast: Cast, as_: SignInAs) -> None:
    browser = as_(cast.tang)
    assert "Make the archive" in browser.get("/account/data").text
    for _ in range(2):  # a double click makes one archive
        assert browser.post("/account/data").status_code == 303
    assert "The archive is being made." in browser.get("/account/data").text
    work(app)
    assert "Save the archive" in browser.get("/account/data").text
    with closing(browser.get("/account/data/file")) as answer:
        assert answer.headers["Content-Disposition"].startswith("attachment")
        body = answer.data
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert "Tang Xiuying" in archive.read("person.json").decode()


def test_tomorrow_there_is_a_new_one(app: Flask, cast: Cast, as_: SignInAs) -> None:
    browser = as_(cast.tang)
    browser.post("/account/data")
    work(app)
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        assert "Make the archive" in browser.get("/account/data").text


def test_an_old_archive_is_removed(app: Flask, cast: Cast, as_: SignInAs) -> None:
    as_(cast.tang).post("/account/data")
    work(app)
    with clock.stopped_at(clock.now() + timedelta(days=8)):
        work(app)
    cast.session.expire_all()
    row = cast.session.query(StoredFile).one()
    assert row.erased_at is not None
    with app.app_context():
        assert not storage().path_of(row.storage_key).exists()


def test_nothing_is_sent_before_it_is_made(cast: Cast, as_: SignInAs) -> None:
    assert as_(cast.tang).get("/account/data/file").headers["Location"] == "/account/data"


def test_it_is_for_whoever_is_signed_in(client: FlaskClient) -> None:
    assert client.get("/account/data").status_code == 303
    assert client.post("/account/data").headers["Location"].startswith("/sign-in")
    assert client.get("/account/data/file").headers["Location"].startswith("/sign-in")
