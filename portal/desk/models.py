"""Tables of the desk itself: views of the queue that agents keep, and terms that they kept against the phrasebook."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


class SavedFilter(Base):
    """A view of the queue that an agent wants to come back to; nobody else sees it."""

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(60))
    asked: Mapped[str] = mapped_column(String(400))
    """What stands behind the question mark of its address."""
    saved_at: Mapped[datetime]


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
