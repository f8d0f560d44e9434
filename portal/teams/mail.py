"""The mail that calls our own people to a ticket that cannot wait."""

from flask import Flask
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.db import Database
from portal.outbox.mail import Mail, compose
from portal.outbox.models import OutboxMessage
from portal.outbox.registry import register_channel, register_mail
from portal.teams import messages, queries, services
from portal.tickets.messages import CANNOT_WAIT
from portal.ui import languages


def init_app(app: Flask) -> None:
    """Let the worker find out whom a ticket calls that cannot wait, and what they read."""
    register_channel(app, CANNOT_WAIT, call)
    register_mail(app, messages.HEAR_AT_ONCE, write)


def call(database: Database, message: OutboxMessage) -> bool:
    """Have everybody told who has to hear of it now; False where that is nobody."""
    if message.subject_id is None:
        return False
    with database.write() as session:
        return services.tell_at_once(session, message.subject_id, at=clock.now()) > 0


def write(session: Session, message: OutboxMessage) -> Mail | None:
    """Write to one of them; None for whoever may not see the ticket, and where it waits for us no more."""
    if message.subject_id is None or message.person_id is None:
        return None
    found = queries.urgent(session, message.subject_id, message.person_id, at=clock.now())
    if found is None:
        return None
    title = " ".join(found.ticket.title.split())
    subject = _("Emergency %(number)s: %(title)s", number=found.ticket.reference, title=title)
    link = f"{languages.settings().public_url}/desk/tickets/{found.ticket.reference}"
    return compose("teams/mail/urgent", str(subject), urgent=found, ticket=found.ticket, link=link)
