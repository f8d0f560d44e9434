"""The error messages by which interviews recognise a known issue."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake.fingerprint import fingerprint
from intake.redaction import redact
from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.notices.models import Notice, NoticeError


class ErrorTextError(DomainError):
    """A message that says too little to be recognised by: ``nothing-to-see``."""


def add_error(session: Session, notice: Notice, text: str, *, by: Actor, at: datetime) -> str:
    """Let a known issue be recognised by a message, and return what it looks like; secrets are never kept."""
    found = fingerprint(redact(text).text)
    if not found.fingerprints:
        raise ErrorTextError("nothing-to-see")
    shown = "\n".join(each for each in (found.code, found.template) if each)
    there = set(session.scalars(select(NoticeError.fingerprint).where(NoticeError.notice_id == notice.id)))
    session.add_all(
        NoticeError(notice_id=notice.id, fingerprint=each, template=shown, added_by=by.person_id, added_at=at)
        for each in dict.fromkeys(each[:80] for each in found.fingerprints)
        if each not in there
    )
    session.flush()
    return shown


def forget_error(session: Session, notice: Notice, key: str) -> None:
    """Recognise a known issue no more by a message; ``key`` is one of its fingerprints."""
    template = (
        select(NoticeError.template)
        .where(NoticeError.notice_id == notice.id, NoticeError.fingerprint == key)
        .scalar_subquery()
    )
    session.execute(
        delete(NoticeError)
        .where(NoticeError.notice_id == notice.id, NoticeError.template == template)
        .execution_options(synchronize_session=False)
    )
