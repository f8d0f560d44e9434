"""The words of the mail with a new summary, and making summaries by the clock."""

from datetime import timedelta

from flask import Flask
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Contact
from portal.accounts.queries import agent_actor
from portal.outbox import registry
from portal.outbox.mail import Mail, compose
from portal.outbox.models import OutboxMessage
from portal.summaries import messages, queries, services
from portal.summaries.models import ServiceSummary
from portal.ui import languages, moments


def init_app(app: Flask) -> None:
    """Let the worker make summaries and tell their readers."""
    registry.register_mail(app, messages.READY, write)
    registry.register_clock_pass(app, services.make_due)


def write(session: Session, message: OutboxMessage) -> Mail | None:
    """Write what a summary says; None for whoever may not read it any more."""
    summary = session.get(ServiceSummary, message.subject_id) if message.subject_id else None
    path = _path_of(session, message, summary) if summary else None
    if summary is None or path is None:
        return None
    last_on = summary.ends_on - timedelta(days=1)
    locale, zone = languages.current_locale(), languages.current_zone()
    days = [moments.day(each, locale, zone) for each in (summary.begins_on, last_on)]
    return compose(
        "summaries/mail/ready",
        _("How we served you, %(first)s to %(last)s", first=days[0], last=days[1]),
        summary=summary,
        last_on=last_on,
        link=f"{languages.settings().public_url.rstrip('/')}{path}/{summary.id}",
    )


def _path_of(session: Session, message: OutboxMessage, summary: ServiceSummary) -> str | None:
    """Return where its reader finds a summary: with their own organisation, or on the desk."""
    theirs = select(Contact.organisation_id).where(Contact.person_id == message.person_id)
    if session.execute(theirs).scalar() == summary.organisation_id:
        return "/organisation/summaries"
    agent = agent_actor(session, message.person_id) if message.person_id else None
    is_served = agent is not None and queries.find_summary(session, agent, summary.id) is not None
    return "/desk/summaries" if is_served else None
