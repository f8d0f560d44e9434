"""What a mail tells one person about a notice, as of now."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Contact
from portal.core.actor import Actor, Role
from portal.notices.models import IN_FORCE, Notice, NoticeRevision
from portal.notices.queries.concern import Concern, concern
from portal.notices.queries.reading import ReaderNotice, installed_by, reader_notice


@dataclass(frozen=True, slots=True)
class Told:
    """A notice, and what it means for the organisation of whoever is told."""

    notice: ReaderNotice
    concern: Concern


def told(session: Session, notice_id: UUID, person_id: UUID, *, locale: str) -> Told | None:
    """Return what somebody is to be told; None where they may not read it, or nobody needs it any more."""
    contact = session.execute(select(Contact).where(Contact.person_id == person_id)).scalar_one_or_none()
    code = session.execute(select(Notice.code).where(Notice.id == notice_id)).scalar()
    if contact is None or code is None:
        return None
    reader = Actor(
        person_id=person_id, role=Role(contact.role), contact_id=contact.id, organisation_id=contact.organisation_id
    )
    notice = reader_notice(session, reader, code, locale=locale)
    if notice is None or notice.state not in IN_FORCE:
        return None
    return Told(notice, concern(notice.products, installed_by(session, contact.organisation_id)))


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
