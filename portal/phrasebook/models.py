"""Tables of terms: those that changed since the portal came with its first ones, and what agents keep writing."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
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


class OftenTyped(Base):
    """Something that agents keep writing to customers, who hardly ever write it; counted anew every night."""

    __tablename__ = "often_typed"

    language: Mapped[str] = mapped_column(String(10), primary_key=True)
    folded: Mapped[str] = mapped_column(String(120), primary_key=True)
    term: Mapped[str] = mapped_column(String(60))
    """As it is written most often."""
    texts: Mapped[int]
    agents: Mapped[int]
    customers: Mapped[int]
    """In how many texts customers wrote it."""
    counted_at: Mapped[datetime]


class OftenTypedUse(Base):
    """One of the latest places where agents wrote something that they keep writing: on a ticket or in a notice."""

    __tablename__ = "often_typed_use"
    __table_args__ = (
        ForeignKeyConstraint(["language", "folded"], ["often_typed.language", "often_typed.folded"]),
        Index(None, "language", "folded"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    language: Mapped[str] = mapped_column(String(10))
    folded: Mapped[str] = mapped_column(String(120))
    ticket_id: Mapped[UUID | None] = mapped_column(ForeignKey("ticket.id"), index=True)
    text_id: Mapped[UUID | None] = mapped_column(ForeignKey("typed_text.id"), index=True)
    """What was written there; once it is erased, it is no place any more."""
    notice_id: Mapped[UUID | None] = mapped_column(ForeignKey("notice.id"), index=True)
    at: Mapped[datetime]


class TermAside(Base):
    """Something of which somebody said that it is no engineer's term; it isn't proposed again."""

    __tablename__ = "term_aside"

    language: Mapped[str] = mapped_column(String(10), primary_key=True)
    folded: Mapped[str] = mapped_column(String(120), primary_key=True)
    term: Mapped[str] = mapped_column(String(60))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime]
