"""Reads of saved replies, and their places filled in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.i18n import SOURCE_LOCALE
from portal.replies.models import SavedReply, SavedReplyText

PLACES = ("contact", "organisation", "reference", "product", "agent", "hotline")
"""What stands in braces and is filled in: reader, organisation, ticket, product, writer, our number."""
MOST = 200
_PLACE = re.compile(r"\{([a-z_]{1,30})\}")


@dataclass(frozen=True, slots=True)
class Reply:
    """A saved reply with its words by language."""

    id: UUID
    name: str
    texts: Mapping[str, str]

    def in_language(self, locale: str) -> tuple[str, str]:
        """Return the words in a language with the language they are in: another one where this is not written yet."""
        for each in (locale, SOURCE_LOCALE, *self.texts):
            if self.texts.get(each):
                return self.texts[each], each
        return "", locale


def replies(session: Session) -> list[Reply]:
    """Return every saved reply, by name, in one statement."""
    rows = session.execute(
        select(SavedReply.id, SavedReply.name, SavedReplyText.locale, SavedReplyText.body)
        .join(SavedReplyText, SavedReplyText.reply_id == SavedReply.id)
        .order_by(SavedReply.name, SavedReply.id)
        .limit(MOST * 3)
    )
    found: dict[UUID, Reply] = {}
    for row in rows:
        kept = found.get(row.id)
        found[row.id] = Reply(row.id, row.name, {**(kept.texts if kept else {}), row.locale: row.body})
    return list(found.values())


def reply_of(session: Session, reply_id: UUID) -> Reply | None:
    """Return a saved reply; None where there is none."""
    rows = session.execute(
        select(SavedReply.name, SavedReplyText.locale, SavedReplyText.body)
        .join(SavedReplyText, SavedReplyText.reply_id == SavedReply.id)
        .where(SavedReply.id == reply_id)
    ).all()
    return Reply(reply_id, rows[0].name, {row.locale: row.body for row in rows}) if rows else None


def unknown_places(body: str) -> list[str]:
    """Return what stands in braces and can't be filled in."""
    return sorted({each for each in _PLACE.findall(body) if each not in PLACES})


def filled(body: str, values: Mapping[str, str]) -> str:
    """Return a reply with its places filled in; a place without a value keeps its braces, so that somebody notices."""
    return _PLACE.sub(lambda found: values.get(found[1]) or found[0], body)
