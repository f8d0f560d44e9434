"""Tables of faults and of the tickets that wait for them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


class FaultState(StrEnum):
    """How far a fault is on its way to a fix."""

    REPORTED = "reported"
    VERIFYING = "verifying"
    IN_REVIEW = "in_review"
    PLANNED = "planned"
    RELEASED = "released"
    CLOSED = "closed"
    """It is no fault, or it will not be mended; somebody said why."""


class Fault(Base):
    """Something in a product that has to be mended."""

    __tablename__ = "fault"
    __table_args__ = (
        Index("ix_fault_of_version", "product_code", "target_version", "state"),
        Index("ix_fault_newest", "opened_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    product_code: Mapped[str] = mapped_column(String(60))
    module_code: Mapped[str] = mapped_column(String(60), default="")
    fault_type: Mapped[str] = mapped_column(String(60), default="")
    state: Mapped[FaultState] = mapped_column(String(12), default=FaultState.REPORTED)
    target_version: Mapped[str] = mapped_column(String(60), default="")
    cause: Mapped[str] = mapped_column(Text, default="")
    """The three parts of the solution, in the words that customers will read."""
    fix: Mapped[str] = mapped_column(Text, default="")
    prevention: Mapped[str] = mapped_column(Text, default="")
    opened_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    released_at: Mapped[datetime | None]


class FaultTicket(Base):
    """A ticket that waits for a fault to be mended."""

    __tablename__ = "fault_ticket"

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    fault_id: Mapped[UUID] = mapped_column(ForeignKey("fault.id"), index=True)
    added_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    """When its customer was told that the version is out, where somebody was there to be told."""
    told_nobody: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether nobody was: the ticket was over already, or all who followed it are gone."""


class FaultStep(Base):
    """Somebody moved a fault on; appended, never changed."""

    __tablename__ = "fault_step"
    __table_args__ = (Index("ix_fault_step_of_fault", "fault_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    fault_id: Mapped[UUID] = mapped_column(ForeignKey("fault.id"))
    state: Mapped[FaultState] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(String(500), default="")
    """What colleagues should know about it."""
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
