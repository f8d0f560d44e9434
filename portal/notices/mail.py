"""The words of what notices tell people by mail."""

from uuid import UUID

from flask import Flask
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.chat.mail import register_words
from portal.notices import messages
from portal.notices.models import ActionNeeded
from portal.notices.queries.reading import ReaderNotice
from portal.notices.queries.told import told, told_to_group
from portal.outbox import registry
from portal.outbox.mail import Mail, compose
from portal.outbox.models import OutboxMessage
from portal.ui import languages, moments


def init_app(app: Flask) -> None:
    """Let the worker find the words of our mails."""
    registry.register_mail(app, messages.PUBLISHED, write)
    register_words(app, messages.PUBLISHED, write_to_group)


def write(session: Session, message: OutboxMessage) -> Mail | None:
    """Tell somebody that a notice concerns them; None where a newer revision has a mail of its own."""
    if message.subject_id is None or message.person_id is None:
        return None
    locale = languages.current_locale()
    found = told(session, message.subject_id, message.person_id, locale=locale)
    if found is None or found.notice.material_number != message.parameters["number"]:
        return None
    return compose(
        "notices/mail/published",
        _subject(found.notice, locale),
        notice=found.notice,
        concern=found.concern,
        link=f"{languages.settings().public_url.rstrip('/')}/notices/{found.notice.code}",
    )


def write_to_group(session: Session, revision_id: UUID, organisation_id: UUID) -> str | None:
    """Tell a chat group that a notice concerns its organisation."""
    locale = languages.current_locale()
    notice = told_to_group(session, revision_id, organisation_id, locale=locale)
    if notice is None:
        return None
    return f"{_subject(notice, locale)}\n{languages.settings().public_url.rstrip('/')}/notices/{notice.code}"


def _subject(notice: ReaderNotice, locale: str) -> str:
    title = " ".join(notice.title.split())
    if notice.action is ActionNeeded.NONE or notice.act_by is None:
        return str(_("Notice: %(title)s", title=title))
    day = moments.day(notice.act_by, locale, languages.current_zone())
    return str(_("Please act by %(day)s: %(title)s", day=day, title=title))
