"""Tables of saved replies."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


class SavedReply(Base):
    """Something that is often written to customers, under a name that agents know it by."""

    __tablename__ = "saved_reply"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    changed_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime]


class SavedReplyText(Base):
    """A saved reply in one language."""

    __tablename__ = "saved_reply_text"

    reply_id: Mapped[UUID] = mapped_column(ForeignKey("saved_reply.id"), primary_key=True)
    locale: Mapped[str] = mapped_column(String(10), primary_key=True)
    body: Mapped[str] = mapped_column(Text)
