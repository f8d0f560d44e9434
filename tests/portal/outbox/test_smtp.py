"""Mails reach a real mail server, and what it says is understood."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select

from portal.app import create_app
from portal.core import clock
from portal.core.db import Database
from portal.core.web import database as database_of
from portal.outbox import services, worker
from portal.outbox.mail import Mail
from portal.outbox.messages import Message
from portal.outbox.models import OutboxMessage
from portal.outbox.registry import register_mail
from portal.outbox.worker import Worker
from portal.settings import Settings

pytestmark = pytest.mark.slow


@dataclass
class Mailbox:
    """What a mail server on this machine took, and what it answers."""

    letters: list[EmailMessage] = field(default_factory=list)
    answer_to_recipient: str = "250 OK"
    answer: str = "250 OK"

    async def handle_RCPT(self, server: object, session: object, envelope: Any, address: str, options: object) -> str:  # noqa: N802
        envelope.rcpt_tos.append(address)
        return self.answer_to_recipient

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:  # noqa: N802
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return self.answer


def a_free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
    return port


@pytest.fixture
def mailbox() -> Mailbox:
    """The letters that arrived."""
    return Mailbox()


@pytest.fixture
def mail_server(mailbox: Mailbox) -> Iterator[Controller]:
    """A mail server on a port of its own."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=a_free_port())
    controller.start()
    yield controller
    if controller.server is not None:
        controller.stop()


@pytest.fixture
def posting(app: Flask, settings: Settings, mail_server: Controller) -> Iterator[Flask]:
    """A portal whose mails go to that server."""
    address = f"smtp://127.0.0.1:{mail_server.port}"
    application = create_app(replace(settings, mail_delivery="smtp", smtp_url=address))
    register_mail(application, "test", words)
    yield application
    application.extensions["plainport.database"].dispose()


def words(session: object, row: OutboxMessage) -> Mail:
    return Mail(to=None, subject="工单 T-2026-000001 有进展", text="我们在处理。\n", html="<p>我们在处理。</p>")


def tell(app: Flask, count: int = 1) -> Database:
    with app.app_context():
        database = database_of()
    with database.write() as session:
        for _ in range(count):
            message = Message(kind="test", subject_id=None, dedupe_key=uuid4().hex, address="tang@hospital.example")
            services.queue(session, message, at=clock.now())
    return database


def the_row(database: Database) -> OutboxMessage:
    with database.read() as session:
        return session.scalars(select(OutboxMessage)).one()


def test_a_mail_arrives_as_text_and_html_in_one(posting: Flask, mailbox: Mailbox) -> None:
    row_id = the_row(tell(posting)).id
    Worker(posting).turn()
    (letter,) = mailbox.letters
    assert letter["Subject"] == "工单 T-2026-000001 有进展"
    assert letter["To"] == "tang@hospital.example"
    assert letter["From"] == "Heyuan Health Software <support@plainport.example>"
    assert letter["Message-ID"] == f"<{row_id}@plainport.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Content-Language"] == "en"
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    assert [part.get_content().strip() for part in letter.iter_parts()] == ["我们在处理。", "<p>我们在处理。</p>"]


def test_a_mail_that_is_sent_again_is_the_same_mail(posting: Flask, mailbox: Mailbox) -> None:
    database = tell(posting)
    mailbox.answer = "451 come back later"
    Worker(posting).turn()
    assert the_row(database).last_error.startswith("SMTPDataError")
    mailbox.answer = "250 OK"
    with clock.stopped_at(the_row(database).next_at):
        Worker(posting).turn()
    assert the_row(database).delivered_at is not None
    first, second = mailbox.letters
    assert (first["Message-ID"], first["Date"]) == (second["Message-ID"], second["Date"])


@pytest.mark.parametrize("where", ["answer", "answer_to_recipient"])
def test_a_mail_that_is_refused_for_good_is_a_dead_letter(posting: Flask, mailbox: Mailbox, where: str) -> None:
    database = tell(posting)
    setattr(mailbox, where, "550 no such person here")
    Worker(posting).turn()
    row = the_row(database)
    assert row.dead_at is not None
    assert "no such person here" in row.last_error


def test_a_server_that_is_away_is_tried_again(posting: Flask, mail_server: Controller) -> None:
    database = tell(posting)
    mail_server.stop()
    Worker(posting).turn()
    row = the_row(database)
    assert (row.dead_at, row.delivered_at, row.attempts) == (None, None, 1)


def test_two_workers_at_once_deliver_each_mail_once(posting: Flask, mailbox: Mailbox) -> None:
    tell(posting, count=20)
    stop = threading.Event()
    workers = [threading.Thread(target=worker.run, args=(posting, stop)) for _ in range(2)]
    for each in workers:
        each.start()
    waiting = threading.Event()
    for _ in range(100):
        if len(mailbox.letters) >= 20 or waiting.wait(0.1):
            break
    stop.set()
    for each in workers:
        each.join(timeout=10)
    sent = [letter["Message-ID"] for letter in mailbox.letters]
    assert len(sent) == len(set(sent)) == 20


@pytest.mark.parametrize("url", ["http://mail.example", "smtp://", "mail.example:25"])
def test_an_address_that_is_no_mail_server_is_said_at_the_start(settings: Settings, url: str) -> None:
    application = create_app(replace(settings, mail_delivery="smtp", smtp_url=url))
    with pytest.raises(ValueError, match="mail server"):
        Worker(application)
    application.extensions["plainport.database"].dispose()


def test_a_way_that_there_is_not_is_said_at_the_start(settings: Settings) -> None:
    application = create_app(replace(settings, mail_delivery="pigeon"))
    with pytest.raises(ValueError, match="pigeon"):
        Worker(application)
    application.extensions["plainport.database"].dispose()
