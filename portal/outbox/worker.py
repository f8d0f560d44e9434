"""The worker: delivers messages, does jobs and looks at the clock until it is told to stop."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event
from typing import Any

from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from portal.core import clock, web
from portal.core.errors import GiveUpError, GoneError
from portal.outbox import leasing
from portal.outbox.delivery import build, deliver_by
from portal.outbox.leasing import Lease
from portal.outbox.mail import Mail
from portal.outbox.messages import Recipient
from portal.outbox.models import Job, OutboxMessage
from portal.outbox.registry import ClockPass, MoreIsDue, registry_of
from portal.ui import languages

_log = logging.getLogger(__name__)
PAUSE = 1.0
"""Seconds between looks when there is nothing to do."""
MAILS_BEFORE_A_JOB = 50
"""A night's worth of mails must not keep documents from being made at all."""
MINUTE = timedelta(minutes=1)
_CLOCK_LOCK = 0x506C61696E
"""On PostgreSQL one worker at a time looks at the clock; any number that nobody else locks."""


def run(app: Flask, stop: Event) -> None:
    """Work until told to stop; what is being done is finished first."""
    worker = Worker(app)
    _log.info("the worker is ready")
    while not stop.is_set():
        try:
            is_busy = worker.turn()
        except (OperationalError, InterfaceError):
            # A database that restarts: what was leased comes back by itself.
            _log.exception("the database did not answer")
            is_busy = False
        if not is_busy:
            stop.wait(PAUSE)


class Worker:
    """One worker of an application."""

    def __init__(self, app: Flask) -> None:
        """Take what the worker needs; raises ValueError where the settings name no way for mails to leave."""
        self._app = app
        self._registry = registry_of(app)
        with app.app_context():
            self._settings = languages.settings()
            self._database = web.database()
        self._deliver = deliver_by(self._settings)
        self._looked_at: datetime | None = None
        self._mails_in_a_row = 0

    def turn(self) -> bool:
        """Look at the clock, then deliver one message or do one job; return whether there was anything to do."""
        with self._app.app_context():
            self._look_at_clock()
            if self._mails_in_a_row < MAILS_BEFORE_A_JOB and self._deliver_one():
                return True
            return self._make_one() or self._deliver_one()

    def _deliver_one(self) -> bool:
        """Deliver a message; people wait for mails, so they go before documents."""
        lease = leasing.take(self._database, OutboxMessage, at=clock.now())
        if lease:
            self._mails_in_a_row += 1
            self._tell(lease)
        return lease is not None

    def _make_one(self) -> bool:
        self._mails_in_a_row = 0
        lease = leasing.take(self._database, Job, at=clock.now())
        if lease:
            self._make(lease)
        return lease is not None

    def _look_at_clock(self) -> None:
        at = clock.now()
        if self._looked_at and at < self._looked_at + MINUTE:
            return
        self._looked_at = at
        for clock_pass in self._registry.passes:
            with _logging_what_breaks("a clock pass"), self._database.write() as session:
                if _look(session, clock_pass, at) is MoreIsDue.AT_ONCE:
                    self._looked_at = None

    def _tell(self, lease: Lease[OutboxMessage]) -> None:
        with self._keeping_what_breaks(lease):
            channel = self._registry.channels.get(lease.row.kind)
            if channel is not None:
                was_sent = channel(self._database, lease.row)
                leasing.finish(self._database, lease, delivered_at=clock.now(), was_dropped=not was_sent, last_error="")
                return
            recipient = self._recipient(lease.row)
            mail = self._words(lease.row, recipient) if recipient else None
            address = (mail.to or recipient.address) if mail and recipient else None
            if mail is None or recipient is None or address is None:
                leasing.finish(self._database, lease, delivered_at=clock.now(), was_dropped=True, secret=None)
                return
            self._deliver(build(mail, lease.row, self._settings, to=address, locale=recipient.locale))
            leasing.finish(self._database, lease, delivered_at=clock.now(), secret=None, last_error="")

    def _recipient(self, message: OutboxMessage) -> Recipient | None:
        """Return who is told; None where the person is gone or may no longer be written to."""
        if message.person_id is not None:
            with self._database.read() as session:
                return self._registry.find_recipient(session, message.person_id)
        locale = str(message.parameters.get("locale") or self._settings.default_locale)
        return Recipient(address=message.address, name="", locale=locale, time_zone=self._settings.time_zone)

    def _words(self, message: OutboxMessage, recipient: Recipient) -> Mail | None:
        renderer = self._registry.renderers.get(message.kind)
        if renderer is None:
            raise GiveUpError(f"nobody finds words for {message.kind!r}")
        with languages.reading_as(recipient.locale, recipient.time_zone), self._database.read() as session:
            return renderer(session, message)

    def _make(self, lease: Lease[Job]) -> None:
        with self._keeping_what_breaks(lease):
            maker = self._registry.makers.get(lease.row.kind)
            if maker is None:
                raise GiveUpError(f"nobody makes {lease.row.kind!r}")
            result = maker(self._database, lease.row.parameters)
            leasing.finish(self._database, lease, done_at=clock.now(), result=dict(result), last_error="")

    @contextmanager
    def _keeping_what_breaks(self, lease: Lease[Any]) -> Iterator[None]:
        """Keep why an attempt ended badly with its row: one that breaks must not stop the others."""
        try:
            yield
        except GoneError as error:
            _log.info("nothing to make for %s %s any more: %s", lease.row.kind, lease.row.id, error)
            leasing.forget(self._database, lease)
        except GiveUpError as error:
            _log.warning("gave up %s %s: %s", lease.row.kind, lease.row.id, error)
            leasing.give_up(self._database, lease, _in_short(error), at=clock.now())
        except Exception as error:  # noqa: BLE001 (one message that breaks must not stop the others)
            _log.exception("%s %s did not work", lease.row.kind, lease.row.id)
            leasing.put_off(self._database, lease, _in_short(error), at=clock.now())


def _look(session: Session, clock_pass: ClockPass, at: datetime) -> object:
    if session.get_bind().dialect.name == "postgresql":
        is_ours = session.execute(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": _CLOCK_LOCK}).scalar()
        if not is_ours:
            return None
    return clock_pass(session, at=at)


@contextmanager
def _logging_what_breaks(what: str) -> Iterator[None]:
    try:
        yield
    except Exception:  # noqa: BLE001 (one pass that breaks must not stop the mails)
        _log.exception("%s did not work", what)


def _in_short(error: Exception) -> str:
    """Return the error's kind and its first line; what a library quotes may hold somebody's words."""
    return f"{type(error).__name__}: {str(error).partition(chr(10))[0][:300]}"
