"""Tables of what customers think of our work, and of the calls in which we ask them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


class RatingKind(StrEnum):
    """What was asked."""

    MOOD = "mood"
    """One tap while it runs: 1 worried, 2 so so, 3 fine."""
    STARS = "stars"
    """After it was solved: one to five."""
    RECOMMEND = "recommend"
    """Would you recommend us: nought to ten, at most once a quarter."""


class RatingSource(StrEnum):
    """Where it was said."""

    PAGE = "page"
    MAIL = "mail"
    PHONE = "phone"


class Rating(Base):
    """What somebody thinks of our work; appended, never changed."""

    __tablename__ = "rating"
    __table_args__ = (
        Index("ix_rating_of_organisation", "organisation_id", "at"),
        Index("ix_rating_of_ticket", "ticket_id", "at"),
        CheckConstraint("score BETWEEN 0 AND 10", name="score"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[RatingKind] = mapped_column(String(10))
    score: Mapped[int]
    text_id: Mapped[UUID | None] = mapped_column(ForeignKey("typed_text.id"))
    source: Mapped[RatingSource] = mapped_column(String(10))
    occasion: Mapped[str] = mapped_column(String(160), unique=True)
    """What it was asked about, such as one solution of a ticket; each is answered once."""
    at: Mapped[datetime] = mapped_column(index=True)


class CallOutcome(StrEnum):
    """How a call ended."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"


class CallBack(Base):
    """A call in which we asked how it went; appended, never changed."""

    __tablename__ = "call_back"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    """Who called."""
    outcome: Mapped[CallOutcome] = mapped_column(String(12))
    text_id: Mapped[UUID | None] = mapped_column(ForeignKey("typed_text.id"))
    rating_id: Mapped[UUID | None] = mapped_column(ForeignKey("rating.id"))
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("event.id"))
    """The apology that the customer sees, where there is one."""
    at: Mapped[datetime] = mapped_column(index=True)
