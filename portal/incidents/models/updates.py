"""An update that answers every linked ticket: written once, and told to each ticket exactly once."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id

# A ticket is linked by ``Ticket.notice_id``: one problem at a time, as its events tell.
_OPEN = text("told_at IS NULL")


def best_words(words: Mapping[str, Any], locale: str) -> Any:
    """Return what is said in a language; where it is not said in that one, in the first that it was written in."""
    return words.get(locale) or next(iter(words.values()), "")


class UpdateKind(StrEnum):
    """What an update of an incident says."""

    UPDATE = "update"
    RESOLVED = "resolved"


class IncidentUpdate(Base):
    """Words for every ticket that is linked to a notice."""

    __tablename__ = "incident_update"
    __table_args__ = (Index(None, "notice_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"))
    kind: Mapped[UpdateKind] = mapped_column(String(10))
    text_id: Mapped[UUID] = mapped_column(ForeignKey("typed_text.id"))
    """The words by language, as JSON."""
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime]
    next_by: Mapped[datetime | None]
    """By when each ticket hears again, where that is sooner than it would anyway."""


class TicketTold(Base):
    """A ticket that an update is for; once it was told, when, and by which of its events."""

    __tablename__ = "incident_ticket_told"
    __table_args__ = (Index("ix_incident_ticket_open", "update_id", sqlite_where=_OPEN, postgresql_where=_OPEN),)

    update_id: Mapped[UUID] = mapped_column(ForeignKey("incident_update.id"), primary_key=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"), primary_key=True, index=True)
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("event.id"))
    """None where there was nothing left to say, because it had ended by then."""
    told_at: Mapped[datetime | None]
