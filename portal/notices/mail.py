"""The words of what notices tell people by mail, and what notices do by the clock."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.chat.mail import register_words
from portal.core.actor import SYSTEM
from portal.notices import messages
from portal.notices.models import ActionNeeded
from portal.notices.queries.reading import ReaderNotice
from portal.notices.queries.told import (
    Told,
    told,
    told_again,
    told_of_window,
    told_of_withdrawal,
    told_to_colleague,
    told_to_group,
)
from portal.notices.services import due, reminding, seasons
from portal.notices.services.windows import remind_of_windows
from portal.outbox import registry
from portal.outbox.mail import Mail, compose
from portal.outbox.models import OutboxMessage
from portal.outbox.registry import MoreIsDue
from portal.ui import languages, moments

_REMIND_FROM = 9
"""The hour of the day from which on people are reminded."""


def init_app(app: Flask) -> None:
    """Let the worker find the words of our mails."""
    registry.register_mail(app, messages.PUBLISHED, write)
    registry.register_mail(app, messages.WITHDRAWN, write_withdrawn)
    registry.register_mail(app, messages.REMINDER, write_reminder)
    for kind in _OF_WINDOWS:
        registry.register_mail(app, kind, write_window)
    for kind in messages.TO_COLLEAGUES:
        registry.register_mail(app, kind, write_to_colleague)
    register_words(app, messages.PUBLISHED, write_to_group)
    registry.register_clock_pass(app, look_at_the_day)
    registry.register_clock_pass(app, look_at_what_is_open)


def look_at_the_day(session: Session, *, at: datetime) -> MoreIsDue | None:
    """Publish what has come to its moment, take out of use what nobody needs any more, begin what a season brings."""
    today = at.astimezone(ZoneInfo(languages.settings().time_zone)).date()
    due.archive_expired(session, today=today)
    seasons.ship(session, at=at)
    seasons.begin_due_seasons(session, by=SYSTEM, at=at, today=today)
    seasons.alarm_leads(session, at=at, today=today)
    return MoreIsDue.AT_ONCE if due.publish_due(session, at=at, today=today) else None


def look_at_what_is_open(session: Session, *, at: datetime) -> MoreIsDue | None:
    """Tell of maintenance that begins soon; remind of what is not answered, at an hour at which people work."""
    remind_of_windows(session, at=at)
    now = at.astimezone(ZoneInfo(languages.settings().time_zone))
    is_time = now.hour >= _REMIND_FROM
    return MoreIsDue.AT_ONCE if is_time and reminding.remind_due(session, at=at, today=now.date()) else None


def write(session: Session, message: OutboxMessage) -> Mail | None:
    """Tell somebody that a notice concerns them; None where a newer revision has a mail of its own."""
    return _mail_of_revision(session, message, "notices/mail/published", told)


def write_reminder(session: Session, message: OutboxMessage) -> Mail | None:
    """Remind somebody that their organisation has not answered yet; None once anybody there has."""
    return _mail_of_revision(session, message, "notices/mail/reminder", told_again)


def _mail_of_revision(
    session: Session, message: OutboxMessage, template: str, find: Callable[..., Told | None]
) -> Mail | None:
    if message.subject_id is None or message.person_id is None:
        return None
    locale = languages.current_locale()
    found = find(session, message.subject_id, message.person_id, locale=locale)
    if found is None or found.notice.material_number != message.parameters["number"]:
        return None
    return compose(
        template,
        _subject(found.notice, locale),
        notice=found.notice,
        concern=found.concern,
        link=_address(f"notices/{found.notice.code}"),
    )


_OF_WINDOWS: Mapping[str, Callable[[str], str]] = {
    messages.MAINTENANCE: lambda title: str(_("Soon: %(title)s", title=title)),
    messages.MAINTENANCE_OFF: lambda title: str(_("It does not take place: %(title)s", title=title)),
    messages.MAINTENANCE_MOVED: lambda title: str(_("At another time: %(title)s", title=title)),
}


def write_window(session: Session, message: OutboxMessage) -> Mail | None:
    """Tell somebody that maintenance begins soon, is moved, or is called off; None where it has changed since."""
    if message.subject_id is None or message.person_id is None:
        return None
    locale, said = languages.current_locale(), message.parameters
    found = told_of_window(session, message.subject_id, said, message.person_id, locale=locale)
    if found is None:
        return None
    return compose(
        "notices/mail/window",
        _OF_WINDOWS[message.kind](" ".join(found.told.notice.title.split())),
        notice=found.told.notice,
        found=found,
        is_off=message.kind == messages.MAINTENANCE_OFF,
        is_moved=message.kind == messages.MAINTENANCE_MOVED,
        link=_address(f"notices/{found.told.notice.code}"),
    )


def write_withdrawn(session: Session, message: OutboxMessage) -> Mail | None:
    """Tell somebody who was told of a notice that we have taken it back, and why."""
    if message.subject_id is None or message.person_id is None:
        return None
    notice = told_of_withdrawal(session, message.subject_id, message.person_id, locale=languages.current_locale())
    if notice is None:
        return None
    subject = str(_("Withdrawn: %(title)s", title=" ".join(notice.title.split())))
    return compose("notices/mail/withdrawn", subject, notice=notice, link=_address(f"notices/{notice.code}"))


_TO_COLLEAGUES: Mapping[str, Callable[[str], str]] = {
    messages.TO_REVIEW: lambda title: str(_("Please look at a notice: %(title)s", title=title)),
    messages.SEASON_BEGUN: lambda title: str(_("This year’s draft is there: %(title)s", title=title)),
    messages.SEASON_LATE: lambda title: str(_("Nobody has approved this yet: %(title)s", title=title)),
    messages.HELD_BACK: lambda title: str(_("This notice did not go out: %(title)s", title=title)),
}


def write_to_colleague(session: Session, message: OutboxMessage) -> Mail | None:
    """Ask a colleague to look at a notice, or say that one was held back."""
    found = told_to_colleague(session, message.subject_id) if message.subject_id else None
    if found is None:
        return None
    subject = _TO_COLLEAGUES[message.kind](" ".join(found.title.split()))
    return compose(
        "notices/mail/colleague", subject, kind=message.kind, notice=found, link=_address(f"desk/notices/{found.code}")
    )


def _address(path: str) -> str:
    return f"{languages.settings().public_url.rstrip('/')}/{path}"


def write_to_group(session: Session, revision_id: UUID, organisation_id: UUID) -> str | None:
    """Tell a chat group that a notice concerns its organisation."""
    locale = languages.current_locale()
    notice = told_to_group(session, revision_id, organisation_id, locale=locale)
    if notice is None:
        return None
    return f"{_subject(notice, locale)}\n{_address(f'notices/{notice.code}')}"


def _subject(notice: ReaderNotice, locale: str) -> str:
    title = " ".join(notice.title.split())
    if notice.action is ActionNeeded.NONE or notice.act_by is None:
        return str(_("Notice: %(title)s", title=title))
    day = moments.day(notice.act_by, locale, languages.current_zone())
    return str(_("Please act by %(day)s: %(title)s", day=day, title=title))
