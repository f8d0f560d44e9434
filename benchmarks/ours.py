"""Our own pages, with the demonstration in the database and a ticket on which twenty things have happened."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf
from sqlalchemy import event, select

from portal import demo, schema
from portal.accounts import services as accounts
from portal.accounts.doorman import TOKEN
from portal.accounts.models import Agent, Contact, Person
from portal.app import create_app
from portal.core import clock, web
from portal.core.actor import Actor, Role
from portal.core.db import Database, open_database
from portal.notices.models import Notice
from portal.settings import Settings
from portal.tickets import services as tickets
from portal.tickets.models import Ticket
from portal.ui import access, keeping

HAPPENED = 20
CONSTANT = "x" * 18_000
"""As many bytes as a notice has, answered behind everything that every answer of ours goes through."""


@dataclass
class Ours:
    """The portal, who reads, and what they open."""

    app: Flask
    """Keeps pages for as long as they hold, as it does in earnest."""
    anew: Flask
    """Makes every page anew."""
    database: Database
    """Of the second, so that what is counted is what a page takes to make."""
    cookies: dict[str, str] = field(default_factory=dict)
    ticket: str = ""
    notice: str = ""

    @property
    def pages(self) -> Mapping[str, tuple[str, str]]:
        """Return what is measured: a path, and who opens it."""
        return {
            "ticket": (f"/tickets/{self.ticket}", "nurse"),
            "my tickets": ("/tickets", "nurse"),
            "home": ("/", "nurse"),
            "desk queue": ("/desk", "chen"),
            "desk ticket": (f"/desk/tickets/{self.ticket}", "chen"),
            "notice, signed in": (f"/notices/{self.notice}", "nurse"),
        }

    @property
    def public(self) -> Mapping[str, tuple[str, str]]:
        """Return what is measured of somebody signed out; a browser's first page makes the token of its forms."""
        return {
            "notice, cached": (f"/notices/{self.notice}", "visitor"),
            "notice, first page": (f"/notices/{self.notice}", ""),
            "constant, ours": ("/constant", "visitor"),
        }

    def statements(self, call: Callable[[], object]) -> str:
        """Return how many statements a page says when it is looked at for the first time, and then.

        The first look reads what a process reads once, and notes that somebody has seen it; beginning that is none.
        """
        counts: list[int] = []
        for _ in range(2):
            with _counting(self.database) as said:
                call()
            counts.append(sum(not each.startswith("BEGIN") for each in said))
        return " ".join(map(str, counts))


def make(folder: Path) -> Ours:
    """Return the portal, filled."""
    url = f"sqlite:///{folder / 'ours.db'}"
    database = open_database(url)
    schema.upgrade(database)
    demo.fill(database)
    database.dispose()
    settings = Settings(database_url=url, secret_key="for-benchmarks-only-" * 2, files_folder=str(folder / "files"))
    app, anew = create_app(settings), create_app(settings)
    app.add_url_rule("/constant", "constant", _constant)
    app.add_url_rule("/signed-in", "constant_signed_in", _constant_signed_in)
    keeping.forget_pages(anew)
    with anew.app_context():
        ours = Ours(app, anew, web.database())
    _let_it_happen(ours)
    return ours


@access.public
def _constant() -> str:
    return CONSTANT


@access.signed_in
def _constant_signed_in() -> str:
    """Answer the least that somebody signed in can be answered: nothing is asked but who it is."""
    return CONSTANT + str(generate_csrf())


def _let_it_happen(ours: Ours) -> None:
    with ours.database.write() as session:
        people = {row.user_name: row for row in session.scalars(select(Person))}
        nurse, chen = people["nurse"], people["chen"]
        contact = session.scalars(select(Contact).where(Contact.person_id == nurse.id)).one()
        agent = session.scalars(select(Agent).where(Agent.person_id == chen.id)).one()
        us = Actor(person_id=chen.id, role=Role.AGENT, agent_id=agent.id)
        found = select(Ticket).where(Ticket.contact_id == contact.id, Ticket.resolved_at.is_(None))
        ticket = session.scalars(found).first()
        assert ticket is not None
        for each in range(HAPPENED - ticket.last_seq):
            update = tickets.Update(f"我们正在看，这是第 {each} 次告诉您进展到哪里了。")
            tickets.add_update(session, ticket, update=update, by=us, at=clock.now())
        ours.ticket, ours.notice = ticket.reference, session.scalars(select(Notice.code)).first() or ""
        for name, person in (("nurse", nurse), ("chen", chen)):
            token = accounts.start_session(session, person_id=person.id, browser="benchmark", at=clock.now())
            ours.cookies[name] = _cookie(ours.app, {TOKEN: token, "_permanent": True})
    ours.cookies["visitor"] = _cookie(ours.app, {})


def _cookie(app: Flask, held: Mapping[str, object]) -> str:
    """Return what a browser sends with every page but its first: the token of its forms is in it."""
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    value = serializer.dumps({**held, "csrf_token": secrets.token_hex(20), "_fresh": False})
    return f"{app.config['SESSION_COOKIE_NAME']}={value}"


@contextmanager
def _counting(database: Database) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        said.append(statement)

    for engine in (database.reader, database.writer):
        event.listen(engine, "before_cursor_execute", note)
    yield said
    for engine in (database.reader, database.writer):
        event.remove(engine, "before_cursor_execute", note)
