"""Tables of what was learned from an emergency or a drill, and what is done because of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base
from portal.tickets.models.actions import ActionPromise, AgreedAction

_IS_OPEN = text("next_due_at IS NOT NULL")


class AfterAction(Base):
    """What was learned: why it happened, what prevents it, and what customers read about it."""

    __tablename__ = "after_action"

    emergency_id: Mapped[UUID] = mapped_column(ForeignKey("emergency.id"), primary_key=True)
    cause_id: Mapped[UUID] = mapped_column(ForeignKey("typed_text.id"))
    prevention_id: Mapped[UUID] = mapped_column(ForeignKey("typed_text.id"))
    summary_id: Mapped[UUID] = mapped_column(ForeignKey("typed_text.id"))
    """For customers."""
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime]


class EmergencyAction(AgreedAction):
    """Something that is done because of what was learned; for a real emergency its promises say by when."""

    __tablename__ = "emergency_action"
    __table_args__ = (
        Index("ix_emergency_action_due", "next_due_at", sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
    )

    emergency_id: Mapped[UUID] = mapped_column(ForeignKey("emergency.id"), index=True)
    ticket_id: Mapped[UUID | None] = mapped_column(ForeignKey("ticket.id"), index=True)


class EmergencyActionPromise(ActionPromise):
    """A promise that something is done by a time; after a missed one comes another."""

    __tablename__ = "emergency_action_promise"

    action_id: Mapped[UUID] = mapped_column(ForeignKey("emergency_action.id"), index=True)
