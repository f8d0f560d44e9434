"""What a mail tells one person about a notice, as of now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Contact
from portal.core.actor import Actor, Role
from portal.notices.models import (
    IN_FORCE,
    ActionNeeded,
    MaintenanceWindow,
    Notice,
    NoticeRevision,
    NoticeState,
    NoticeText,
)
from portal.notices.queries.concern import Concern, concern
from portal.notices.queries.reading import ReaderNotice, installed_by, own_answers, reader_notice
from portal.outbox.plain import Plain


@dataclass(frozen=True, slots=True)
class Told:
    """A notice, and what it means for the organisation of whoever is told."""

    notice: ReaderNotice
    concern: Concern


def told(session: Session, notice_id: UUID, person_id: UUID, *, locale: str) -> Told | None:
    """Return what somebody is to be told; None where they may not read it, or nobody needs it any more."""
    found = _read_by(session, notice_id, person_id, locale=locale)
    if found is None or found[1].state not in IN_FORCE:
        return None
    organisation_id, notice = found
    return Told(notice, concern(notice.products, installed_by(session, organisation_id)))


def told_of_withdrawal(session: Session, notice_id: UUID, person_id: UUID, *, locale: str) -> ReaderNotice | None:
    """Return a notice that was taken back, for somebody who had been told of it."""
    found = _read_by(session, notice_id, person_id, locale=locale)
    return found[1] if found and found[1].state == NoticeState.WITHDRAWN else None


def _read_by(session: Session, notice_id: UUID, person_id: UUID, *, locale: str) -> tuple[UUID, ReaderNotice] | None:
    """Return a notice as a contact reads it, with their organisation; None where they may not."""
    reader = reader_of(session, person_id)
    code = session.execute(select(Notice.code).where(Notice.id == notice_id)).scalar()
    if reader is None or reader.organisation_id is None or code is None:
        return None
    notice = reader_notice(session, reader, code, locale=locale)
    return (reader.organisation_id, notice) if notice else None


def reader_of(session: Session, person_id: UUID) -> Actor | None:
    """Return a contact as who reads a mail; None for everybody else."""
    contact = session.execute(select(Contact).where(Contact.person_id == person_id)).scalar_one_or_none()
    if contact is None:
        return None
    return Actor(
        person_id=person_id, role=Role(contact.role), contact_id=contact.id, organisation_id=contact.organisation_id
    )


@dataclass(frozen=True, slots=True)
class ForColleague:
    """A notice that a colleague is to look at."""

    code: str
    number: int
    title: str
    language: str


def told_to_colleague(session: Session, notice_id: UUID) -> ForColleague | None:
    """Return the newest revision of a notice, as a mail to a colleague names it."""
    row = session.execute(
        select(Notice.code, NoticeRevision.number, NoticeText.title, NoticeText.language)
        .join(NoticeRevision, NoticeRevision.notice_id == Notice.id)
        .join(
            NoticeText, (NoticeText.revision_id == NoticeRevision.id) & (NoticeText.language == Notice.source_language)
        )
        .where(Notice.id == notice_id)
        .order_by(NoticeRevision.number.desc())
        .limit(1)
    ).first()
    return ForColleague(row.code, row.number, row.title, row.language) if row else None


def told_to_group(session: Session, revision_id: UUID, organisation_id: UUID, *, locale: str) -> ReaderNotice | None:
    """Return a notice for an organisation's chat group; None where a newer revision has a message of its own."""
    row = session.execute(
        select(Notice.code, NoticeRevision.number)
        .join(Notice, Notice.id == NoticeRevision.notice_id)
        .where(NoticeRevision.id == revision_id)
    ).first()
    reader = Actor(role=Role.CONTACT, organisation_id=organisation_id)
    notice = reader_notice(session, reader, row.code, locale=locale) if row else None
    if row is None or notice is None or notice.state not in IN_FORCE or notice.material_number != row.number:
        return None
    return notice


def told_again(session: Session, notice_id: UUID, person_id: UUID, *, locale: str) -> Told | None:
    """Return what somebody is reminded of; None once anybody of their organisation has answered."""
    found = told(session, notice_id, person_id, locale=locale)
    if found is None or found.notice.action is ActionNeeded.NONE or found.notice.state is NoticeState.RESOLVED:
        return None
    theirs = select(Contact.organisation_id).where(Contact.person_id == person_id)
    organisation_id = session.execute(theirs).scalar_one()
    latest = own_answers(session, notice_id, organisation_id).latest
    return None if latest is not None and latest.number >= found.notice.material_number else found


@dataclass(frozen=True, slots=True)
class ToldWindow:
    """A maintenance window that somebody is told of."""

    told: Told
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    reason: str
    """Why it was called off; empty where it takes place."""


def told_of_window(
    session: Session, window_id: UUID, said: Mapping[str, Plain], person_id: UUID, *, locale: str
) -> ToldWindow | None:
    """Return what somebody is told of one time of a maintenance window; None where it was changed again since."""
    window = session.get(MaintenanceWindow, window_id)
    if window is None or window.sequence != said["sequence"]:
        return None
    starts_at = datetime.fromisoformat(str(said["starts_at"])) if "starts_at" in said else window.reminded_until
    found = told(session, window.notice_id, person_id, locale=locale)
    if found is None or starts_at is None or not found.concern.is_likely:
        return None
    ends_at = starts_at + timedelta(minutes=window.minutes)
    return ToldWindow(found, starts_at, ends_at, window.time_zone, window.cancelled_because)
