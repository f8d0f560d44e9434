"""Tables of visits: the visit itself, what was agreed on it, and the promises that were made for that."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id
from portal.tickets.models.actions import ActionPromise, AgreedAction

_IS_OPEN = text("next_due_at IS NOT NULL")


class Visit(Base):
    """Somebody of us was there; what they found is said in its event."""

    __tablename__ = "visit"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    who_id: Mapped[UUID] = mapped_column(ForeignKey("typed_text.id"))
    """The names of those who came."""
    visited_on: Mapped[date]
    at: Mapped[datetime]


class VisitAction(AgreedAction):
    """Something that was agreed on a visit; its promises say by when."""

    __tablename__ = "visit_action"
    __table_args__ = (Index("ix_visit_action_due", "next_due_at", sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),)

    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), index=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"), index=True)


class VisitActionPromise(ActionPromise):
    """A promise that something agreed is done by a time; after a missed one comes another."""

    __tablename__ = "visit_action_promise"

    action_id: Mapped[UUID] = mapped_column(ForeignKey("visit_action.id"), index=True)
