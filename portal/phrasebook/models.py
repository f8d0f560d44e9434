"""Tables of terms: those that changed since the portal came with its first ones, and those that agents kept."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


class Phrase(Base):
    """What customers are told instead of an engineer's term, in one language."""

    __tablename__ = "phrase"
    __table_args__ = (UniqueConstraint("language", "folded"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    language: Mapped[str] = mapped_column(String(10))
    term: Mapped[str] = mapped_column(String(60))
    folded: Mapped[str] = mapped_column(String(120))
    """The term in small letters and without spaces: one entry for “API” and “api”."""
    sentence: Mapped[str] = mapped_column(Text)
    """Empty where a term that came with the portal was dropped."""
    changed_at: Mapped[datetime]


class KeptTerm(Base):
    """An engineer's term that an agent sent to a customer all the same, with the reason."""

    __tablename__ = "kept_term"
    __table_args__ = (Index(None, "term", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    term: Mapped[str] = mapped_column(String(120))
    locale: Mapped[str] = mapped_column(String(10))
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"), index=True)
    reason_id: Mapped[UUID] = mapped_column(ForeignKey("typed_text.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime]
