"""The portal as it runs for people: on a port of this machine, with its world, a worker and a mail server."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from flask import Flask
from werkzeug.serving import make_server

from portal import demo, schema
from portal.app import create_app
from portal.core import web
from portal.core.db import Database, open_database
from portal.outbox.worker import Worker
from portal.settings import Settings

MOST_TURNS = 600


@dataclass
class Mailbox:
    """What the mail server took."""

    letters: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:  # noqa: N802 (its name)
        """Take a mail."""
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 OK"


@dataclass
class Live:
    """A portal that runs."""

    app: Flask
    address: str
    mailbox: Mailbox
    worker: Worker

    def mails_about(self, words: str) -> list[EmailMessage]:
        """Let the worker deliver, and return the mails with these words in them."""
        for _ in range(MOST_TURNS):
            found = [each for each in self.mailbox.letters if words in text_of(each)]
            if found or not self.worker.turn():
                return found
        return []

    def catch_up(self) -> None:
        """Let the worker do all that is to be done now."""
        for _ in range(MOST_TURNS):
            if not self.worker.turn():
                return
        raise AssertionError(f"the worker is never done: {MOST_TURNS} turns")


def text_of(letter: EmailMessage) -> str:
    """Return a mail's subject and words."""
    body = letter.get_body(("plain",))
    return f"{letter['Subject']}\n{body.get_content() if body else ''}"


@contextmanager
def running(folder: Path, fill: Callable[[Database], None] = demo.fill) -> Iterator[Live]:
    """Run the portal until the end, with its demonstration or another world."""
    with receiving() as (mailbox, mail_port):
        yield from _served(create_app(_settings(folder, mail_port, fill)), mailbox)


@contextmanager
def receiving() -> Iterator[tuple[Mailbox, int]]:
    """Run a mail server on this machine."""
    mailbox = Mailbox()
    mails = Controller(mailbox, hostname="127.0.0.1", port=_free_port())
    mails.start()
    try:
        yield mailbox, mails.port
    finally:
        mails.stop()


def _served(app: Flask, mailbox: Mailbox) -> Iterator[Live]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Live(app, f"http://127.0.0.1:{server.server_port}", mailbox, Worker(app))
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            web.database().dispose()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
    return port


def _settings(folder: Path, mail_port: int, fill: Callable[[Database], None]) -> Settings:
    url = f"sqlite:///{folder / 'live.db'}"
    database = open_database(url)
    schema.upgrade(database)
    fill(database)
    database.dispose()
    return Settings(
        database_url=url,
        secret_key="for-tests-only-" * 4,
        files_folder=str(folder / "files"),
        vendor_name={"en": "Heyuan Health Software", "zh_Hans": "和源医疗软件", "zh_Hant": "和源醫療軟體"},
        hotline="400-000-0000",
        mail_delivery="smtp",
        smtp_url=f"smtp://127.0.0.1:{mail_port}",
        secure_cookies=False,
        demo=True,
    )
