"""The words of what tickets tell people, and what tickets do by the clock."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from flask import Flask
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.chat.mail import register_words
from portal.core import clock
from portal.outbox import registry
from portal.outbox.mail import Mail, compose
from portal.outbox.models import OutboxMessage
from portal.tickets import messages
from portal.tickets.models import EventKind
from portal.tickets.queries.announced import announced_event, announced_promise
from portal.tickets.queries.status import status_of
from portal.tickets.queries.told import Told, told
from portal.tickets.queries.warned import warned
from portal.tickets.services import Resolution, settle_due
from portal.tickets.services.clock_pass import AT_ONCE
from portal.ui import languages, pages


def init_app(app: Flask) -> None:
    """Let the worker find the words of our mails, and keep an eye on our promises."""
    for kind in messages.KINDS:
        registry.register_mail(app, kind, partial(write, kind))
    for kind in messages.WARNINGS:
        registry.register_mail(app, kind, partial(write_warning, kind))
    for kind in (*messages.KINDS, messages.DUE_SOON):
        register_words(app, kind, partial(write_to_group, kind))
    registry.register_clock_pass(app, keep_an_eye)


def keep_an_eye(session: Session, *, at: datetime) -> object:
    """Settle what is due; after a night without a worker there is more of it than one transaction should hold."""
    return registry.MoreIsDue.AT_ONCE if settle_due(session, at=at) >= AT_ONCE else None


def write(kind: str, session: Session, message: OutboxMessage) -> Mail | None:
    """Write what happened to a ticket; None for whoever may not know it any more."""
    if message.subject_id is None or message.person_id is None:
        return None
    found = told(session, message.subject_id, message.person_id)
    if found is None:
        return None
    subject = _SUBJECTS[kind](found.ticket.reference, _in_one_line(found.ticket.title))
    return compose(
        "tickets/mail/ticket",
        str(subject),
        kind=kind,
        told=found,
        person_id=message.person_id,
        ticket=found.ticket,
        status=status_of(found.ticket),
        now=clock.now(),
        resolution=_resolution(found),
        link=f"{languages.settings().public_url}/tickets/{found.ticket.reference}",
    )


def write_warning(kind: str, session: Session, message: OutboxMessage) -> Mail | None:
    """Write to our own people about a promise; None where there is nothing to warn of any more."""
    if message.subject_id is None or message.person_id is None:
        return None
    found = warned(session, message.subject_id, message.person_id)
    if found is None or (found.is_over and kind == messages.DUE_SOON):
        return None
    subject = _SUBJECTS[kind](found.ticket.reference, _in_one_line(found.ticket.title))
    return compose(
        "tickets/mail/warning",
        str(subject),
        kind=kind,
        warned=found,
        ticket=found.ticket,
        link=f"{languages.settings().public_url}/desk/tickets/{found.ticket.reference}",
    )


def write_to_group(kind: str, session: Session, subject_id: UUID, organisation_id: UUID) -> str | None:
    """Write to a chat group what happened to a ticket, or what falls due; None where that is over."""
    find = announced_promise if kind == messages.DUE_SOON else announced_event
    found = find(session, subject_id, organisation_id)
    if found is None:
        return None
    text = pages.render(
        "tickets/mail/chat.txt",
        languages.current_locale(),
        kind=kind,
        near_kind=messages.DUE_SOON,
        ticket=found.ticket,
        due_at=found.due_at,
        link=f"{languages.settings().public_url}/tickets/{found.ticket.reference}",
    )
    return "\n".join(line for line in text.splitlines() if line)


def _resolution(found: Told) -> Resolution | None:
    return Resolution.from_text(found.body) if found.kind is EventKind.RESOLVED and found.body else None


def _in_one_line(title: str) -> str:
    return " ".join(title.split())


_SUBJECTS: Mapping[str, Callable[[str, str], str]] = {
    messages.RECEIVED: lambda number, title: _("Received %(number)s: %(title)s", number=number, title=title),
    messages.UPDATE: lambda number, title: _("News on %(number)s: %(title)s", number=number, title=title),
    messages.QUESTION: lambda number, title: _("A question about %(number)s: %(title)s", number=number, title=title),
    messages.SOLVED: lambda number, title: _(
        "Solved, please confirm %(number)s: %(title)s", number=number, title=title
    ),
    messages.LATE: lambda number, title: _("We are late with %(number)s: %(title)s", number=number, title=title),
    messages.REMINDER: lambda number, title: _("Waiting for you %(number)s: %(title)s", number=number, title=title),
    messages.DUE_SOON: lambda number, title: _("Due soon %(number)s: %(title)s", number=number, title=title),
    messages.OVERDUE: lambda number, title: _("Missed %(number)s: %(title)s", number=number, title=title),
    messages.CLOSED: lambda number, title: _("Closed %(number)s: %(title)s", number=number, title=title),
}
