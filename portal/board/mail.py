"""The words of the mail with a month's reports."""

from collections.abc import Iterator
from datetime import date

from flask import Flask
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.accounts.queries import agent_actor
from portal.board import messages
from portal.board.queries import reports
from portal.catalogue.queries import product_names
from portal.core.actor import Actor
from portal.outbox import registry
from portal.outbox.mail import Mail, compose
from portal.outbox.models import OutboxMessage
from portal.ui import languages, moments


def init_app(app: Flask) -> None:
    """Let the worker find the words of our mails."""
    registry.register_mail(app, messages.READY, write)


def write(session: Session, message: OutboxMessage) -> Mail | None:
    """List the reports that somebody asked for, with their PDFs and tables; None for whoever may see none any more."""
    actor = agent_actor(session, message.person_id) if message.person_id else None
    month = date.fromisoformat(str(message.parameters["month"]))
    found = list(_links(session, actor, month)) if actor else []
    if not found:
        return None
    return compose(
        "board/mail/reports",
        _("Reports of %(month)s", month=moments.month(month, languages.current_locale())),
        month=month,
        reports=found,
    )


def _links(session: Session, actor: Actor, month: date) -> Iterator[tuple[str, str]]:
    """Yield what each report is about, and where it is."""
    names = product_names(session, languages.current_locale())
    shelf = f"{languages.settings().public_url.rstrip('/')}/desk/board/reports"
    for report, organisation in reports.read_by(session, actor, month):
        yield organisation or names.get(report.product_code, report.product_code), f"{shelf}/{report.id}"
