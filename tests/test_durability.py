"""What was acknowledged is never lost and never there twice, however often the processes are killed.

This is the short form. It shows what a killed process does, not a power cut: that the disk is asked to keep each
transaction is held by tests/portal/core/test_db.py.
"""

import os
import random
import re
import signal
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts import services as accounts
from portal.accounts.doorman import TOKEN
from portal.core.db import Database
from portal.core.models import IdempotencyKey
from portal.outbox.models import OutboxMessage
from portal.tickets.models import Event, Snapshot, Ticket
from tests.portal.interviews.cast import a_cast
from tests.processes import a_free_port, get, running, settings_in

pytestmark = pytest.mark.slow
KILLS = 12
CLIENTS = 3
ANSWERS = {"q-emg_reason": "stopped", "q-emg_what": "No orders can be written", "q-callback": "010-5555-0199"}


@dataclass
class Submitting:
    """Somebody who sends one form after another, each until it is acknowledged, and writes down what they were told."""

    port: int
    cookie: str
    token: str
    ledger: dict[str, set[str]] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)

    def run(self, stop: threading.Event) -> None:
        """Send until told to stop; every third form is sent once more after it was acknowledged."""
        while not stop.is_set():
            key = token_hex(16)
            self.sent.add(key)
            while not self._send(key) and not stop.is_set():
                time.sleep(0.05)
            if key in self.ledger and len(self.ledger) % 3 == 0:
                self._send(key)

    def _send(self, key: str) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        body = urlencode({**ANSWERS, "once": key, "csrf_token": self.token})
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request("POST", "/emergency", body, headers)
            answer = connection.getresponse()
            answer.read()
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()
        assert answer.status in (303, 503), answer.status
        if answer.status == 303:
            self.ledger.setdefault(key, set()).add(str(answer.headers["Location"]))
        return answer.status == 303


def children_of(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


@pytest.fixture
def cookie(app: Flask, session: Session, database: Database) -> str:
    """The cookie of a contact who is signed in, with the token of their forms in it."""
    cast = a_cast(session)
    # The served processes read the real clock, and a session lasts for a month.
    really = datetime.fromtimestamp(time.time(), UTC)  # noqa: TID251 (the test's own clock is stopped)
    with database.write() as writing:
        token = accounts.start_session(writing, person_id=cast.person.id, browser="tests", at=really)
    browser = app.test_client()
    with browser.session_transaction() as kept:
        kept[TOKEN] = token
        kept["csrf_token"] = "0" * 40
    found = browser.get_cookie("plainport")
    assert found is not None
    return f"plainport={found.value}"


@pytest.fixture
def clients(tmp_path: Path, cookie: str, database_url: str) -> list[Submitting]:
    """Three people who have sent forms to a portal whose processes were killed again and again."""
    port, stop = a_free_port(), threading.Event()
    settings = settings_in(tmp_path, database_url)
    people: list[Submitting] = []
    threads: list[threading.Thread] = []
    for number in range(KILLS // 4):
        with running(tmp_path, "serve", "--port", str(port), "--processes", "2", **settings) as server:
            _, page = get(port, "/emergency", {"Cookie": cookie})
            if not people:
                people = begin(port, cookie, page)
                threads = [threading.Thread(target=each.run, args=(stop,), daemon=True) for each in people]
                for thread in threads:
                    thread.start()
            kill_some(server.pid)
            if number == KILLS // 4 - 1:
                time.sleep(3)
                stop.set()
                for thread in threads:
                    thread.join(timeout=60)
            orphans = children_of(server.pid)
            kill(server.pid)
        for each in orphans:
            kill(each)
    return people


def begin(port: int, cookie: str, page: str) -> list[Submitting]:
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
    assert found is not None, page
    return [Submitting(port, cookie, found[1]) for _ in range(CLIENTS)]


def kill_some(server: int) -> None:
    """Kill three of the server's processes, one after another, each while people are sending."""
    chance = random.Random(20260421)
    for _ in range(3):
        time.sleep(chance.uniform(1.5, 3))
        working = children_of(server)
        if working:
            kill(chance.choice(working))


def test_nothing_acknowledged_is_lost_or_there_twice(clients: list[Submitting], database: Database) -> None:
    ledger = {key: told for each in clients for key, told in each.ledger.items()}
    sent = {key for each in clients for key in each.sent}
    assert len(ledger) >= 20, "too few were acknowledged for this to say anything"
    assert [told for told in ledger.values() if len(told) != 1] == [], "the same form was answered in two ways"
    references = [path.split("/")[2] for (path,) in ledger.values()]
    assert len(set(references)) == len(references), "two forms were answered with one ticket"
    with database.read() as session:
        keys = session.scalars(select(func.count(IdempotencyKey.key))).one()
        tickets = {row.reference: row.id for row in session.scalars(select(Ticket))}
        told = select(Event.ticket_id).join(OutboxMessage, OutboxMessage.subject_id == Event.id)
        whole = {
            name: set(session.scalars(which))
            for name, which in (
                ("event", select(Event.ticket_id)),
                ("snapshot", select(Snapshot.ticket_id)),
                ("mail", told),
            )
        }
    assert set(references) - set(tickets) == set(), "acknowledged and lost"
    assert len(references) <= len(tickets) == keys <= len(sent), "a form was done twice, or half"
    assert whole == {key: set(tickets.values()) for key in whole}
