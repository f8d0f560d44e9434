"""What the tests of the desk look at and count."""

import re
from collections.abc import Callable
from html import unescape

from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Contact
from portal.core import clock
from portal.core.actor import ANONYMOUS
from portal.core.db import Database
from portal.tickets import services
from portal.tickets.models import Event, Priority, Ticket

As = Callable[[Contact | Agent], FlaskClient]
"""A way to get somebody's browser."""
_VALUE = r'name="{}" value="([^"]*)"'


def hidden(html: str, name: str) -> str:
    """Return the value of a hidden field."""
    found = re.search(_VALUE.format(re.escape(name)), html)
    assert found, f"no {name} on the page"
    return unescape(found[1])


def keys(browser: FlaskClient, ticket: Ticket, prefix: str) -> dict[str, str]:
    """Return what a form of a ticket's page carries unseen."""
    html = browser.get(f"/desk/tickets/{ticket.reference}").text
    return {name: hidden(html, name) for name in (f"{prefix}-once", f"{prefix}-version")}


def kinds(session: Session, ticket: Ticket) -> list[str]:
    """Return what has happened to a ticket, the first first."""
    rows = session.query(Event.kind).where(Event.ticket_id == ticket.id).order_by(Event.seq)
    return [row.kind for row in rows]


def now_of(session: Session, ticket: Ticket) -> Ticket:
    """Return a ticket as it stands now."""
    session.expire_all()
    return session.get_one(Ticket, ticket.id)


def a_call_back(session: Session, *, phone: str = "139 0000 0007", what: str = "All counters are down") -> Ticket:
    """Open an unverified call-back, as somebody signed out would."""
    document = {
        "schema": "call-back/1",
        "what": what,
        "caller": {"name": "Nurse Zhao", "organisation": "Qinghe", "phone": phone},
    }
    opening = services.Opening(
        title=what,
        severity=Priority.P1,
        document=document,
        schema="call-back/1",
        is_emergency=True,
        channel="call-back",
    )
    ticket = services.open_ticket(session, opening=opening, by=ANONYMOUS, at=clock.now())
    session.commit()
    return ticket


def statements(database: Database, act: Callable[[], object]) -> int:
    """Count the statements that reading sends to the database."""
    seen: list[str] = []

    def listen(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")):  # what a test has arranged may be written just before
            seen.append(statement)

    event.listen(database.reader, "before_cursor_execute", listen)
    try:
        act()
    finally:
        event.remove(database.reader, "before_cursor_execute", listen)
    return len(seen)
