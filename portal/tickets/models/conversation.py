"""What is kept beside a conversation: replies that are not sent yet, and what support has seen."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


class ReplyDraft(Base):
    """A reply that somebody has begun; it goes when it is sent."""

    __tablename__ = "reply_draft"
    __table_args__ = (UniqueConstraint("ticket_id", "person_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    about: Mapped[str] = mapped_column(String(80), default="")
    """The part of the snapshot that it is about."""
    body: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime]


class Seen(Base):
    """Until where somebody in support has read a ticket; appended by looking, never changed."""

    __tablename__ = "ticket_seen"

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    """The last event that was there to be read."""
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime]
