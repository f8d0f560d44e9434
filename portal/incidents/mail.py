"""What the worker does for incidents: it tells every linked ticket, and writes the closing report."""

from flask import Flask
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.incidents import messages, queries, services
from portal.incidents.queries.linked import closing_report
from portal.incidents.services import key_of
from portal.notices.queries.told import reader_of
from portal.outbox import registry
from portal.outbox.mail import Mail, compose
from portal.outbox.models import OutboxMessage
from portal.ui import languages


def init_app(app: Flask) -> None:
    """Let the worker tell tickets and followers."""
    registry.register_mail(app, messages.CLOSED, write_report)
    registry.register_mail(app, messages.SUSPECTED, write_suspicion)
    registry.register_job(app, services.UPDATE_JOB, services.tell_all)


def write_report(session: Session, message: OutboxMessage) -> Mail | None:
    """Report to somebody who follows an incident why it happened and what was done."""
    reader = reader_of(session, message.person_id) if message.person_id else None
    if reader is None or message.subject_id is None:
        return None
    report = closing_report(session, reader, message.subject_id, locale=languages.current_locale())
    if report is None:
        return None
    subject = _("Solved: %(title)s", title=" ".join(report.notice.title.split()))
    link = f"{languages.settings().public_url.rstrip('/')}/notices/{report.notice.code}"
    return compose("incidents/mail/closed", str(subject), report=report, notice=report.notice, link=link)


def write_suspicion(session: Session, message: OutboxMessage) -> Mail | None:
    """Tell a lead what looks like one problem at many places; None where it is quiet or declared meanwhile."""
    if message.subject_id is None or message.person_id is None:
        return None
    surge = queries.still_suspected(session, message.subject_id, message.person_id)
    if surge is None:
        return None
    place = queries.names_in(session, languages.current_locale()).place(key_of(surge))
    subject = _("Perhaps one problem: %(place)s", place=place)
    link = f"{languages.settings().public_url.rstrip('/')}/desk/surges"
    return compose("incidents/mail/suspected", subject, surge=surge, place=place, link=link)
