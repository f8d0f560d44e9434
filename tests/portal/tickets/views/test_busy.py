"""A reply while something holds the database up: nothing that was typed is lost."""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.core import turns
from portal.core.db import Database
from portal.tickets.models import Event
from tests.portal.tickets.cast import Cast, SignInAs, a_ticket

WORDS = "It happens on every desk of the ward since this morning.\nAlso in the laboratory."
AGAIN = {"en": "Send it again", "zh_Hans": "再次发送", "zh_Hant": "再次傳送"}


@contextmanager
def somebody_writing(database: Database) -> Iterator[None]:
    descriptor = os.open(f"{database.writer.url.database}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    yield
    os.close(descriptor)


@pytest.mark.parametrize("locale", AGAIN)
def test_what_was_typed_is_sent_again_from_the_page(
    cast: Cast, as_: SignInAs, database: Database, monkeypatch: pytest.MonkeyPatch, locale: str
) -> None:
    ticket, browser = a_ticket(cast), as_(cast.tang)
    path = f"/tickets/{ticket.reference}/replies"
    browser.set_cookie("locale", locale)
    monkeypatch.setattr(turns, "LONGEST", 0.05)
    with somebody_writing(database):
        answer = browser.post(path, data={"once": "a-key", "body": WORDS})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert AGAIN[locale] in answer.text
    (kept,) = re.findall(r'<textarea[^>]*name="body"[^>]*>\n?(.*?)</textarea>', answer.text, re.DOTALL)
    assert unescape(kept) == WORDS
    assert 'name="once" value="a-key"' in answer.text
    monkeypatch.setattr(turns, "LONGEST", 5)
    assert browser.post(path, data={"once": "a-key", "body": unescape(kept)}).status_code == 303
    assert len(cast.session.scalars(select(Event).where(Event.ticket_id == ticket.id)).all()) == 2


def test_a_password_is_never_sent_back(
    client: FlaskClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "LONGEST", 0.05)
    with somebody_writing(database):
        answer = client.post("/sign-in", data={"name": "nurse", "password": "a-long-password-of-mine"})
    assert "a-long-password-of-mine" not in answer.text
