"""Changes to saved replies."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.replies.models import SavedReply, SavedReplyText
from portal.replies.queries import MOST


class ReplyError(DomainError):
    """A saved reply that can't be kept: its name is ``taken``, there are ``too-many``, or it is ``not-there``."""


def keep_reply(
    session: Session, reply_id: UUID | None, *, name: str, texts: Mapping[str, str], by: Actor, at: datetime
) -> SavedReply:
    """Keep a saved reply in the languages in which it is written; with an id, in place of what it was."""
    others = select(SavedReply.id).where(SavedReply.name == name, SavedReply.id.is_distinct_from(reply_id))
    if session.execute(others).first():
        raise ReplyError("taken")
    row = _row(session, reply_id)
    row.name, row.changed_by, row.changed_at = name, by.person_id, at
    session.add(row)
    session.flush()
    session.execute(delete(SavedReplyText).where(SavedReplyText.reply_id == row.id))
    session.add_all(SavedReplyText(reply_id=row.id, locale=each, body=body) for each, body in texts.items() if body)
    return row


def remove_reply(session: Session, reply_id: UUID) -> None:
    """Remove a saved reply; what was sent with it stays as it is."""
    session.execute(delete(SavedReplyText).where(SavedReplyText.reply_id == reply_id))
    session.execute(delete(SavedReply).where(SavedReply.id == reply_id))


def _row(session: Session, reply_id: UUID | None) -> SavedReply:
    if reply_id is None:
        if session.execute(select(func.count()).select_from(SavedReply)).scalar_one() >= MOST:
            raise ReplyError("too-many")
        return SavedReply()
    found = session.get(SavedReply, reply_id)
    if found is None:
        raise ReplyError("not-there")
    return found
