"""Tables of emergencies and drills: who was called, what was done, when, by whom."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id
from portal.plans.models.states import EntryKind, Mode

_IS_WAITING = text("answered_at IS NULL AND passed_on_at IS NULL")
_IS_OPEN = text("ended_at IS NULL")


class Emergency(Base):
    """A plan that was started, for real or to practise."""

    __tablename__ = "emergency"
    __table_args__ = (Index("ix_emergency_open", "started_at", sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("emergency_plan.id"), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    ticket_id: Mapped[UUID | None] = mapped_column(ForeignKey("ticket.id"), index=True)
    """Where customers are told; a drill has none."""
    mode: Mapped[Mode] = mapped_column(String(8))
    cadence_minutes: Mapped[int]
    started_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    started_at: Mapped[datetime]
    assemble_by: Mapped[datetime]
    assembled_at: Mapped[datetime | None]
    next_update_at: Mapped[datetime | None]
    """By when the customers hear next; for a real one it is a promise of the ticket as well."""
    ended_at: Mapped[datetime | None]
    last_seq: Mapped[int] = mapped_column(default=0)


class EmergencyCall(Base):
    """Somebody of us who was called, and whether they answered in time."""

    __tablename__ = "emergency_call"
    __table_args__ = (
        Index("ix_emergency_call_waiting", "answer_by", sqlite_where=_IS_WAITING, postgresql_where=_IS_WAITING),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    emergency_id: Mapped[UUID] = mapped_column(ForeignKey("emergency.id"), index=True)
    place: Mapped[int]
    """Which role of the plan; the next who is called has the same."""
    duty: Mapped[str] = mapped_column(String(200))
    tells_customers: Mapped[bool] = mapped_column(default=False)
    agent_id: Mapped[UUID] = mapped_column(ForeignKey("agent.id"), index=True)
    substitute_id: Mapped[UUID | None] = mapped_column(ForeignKey("agent.id"), index=True)
    called_at: Mapped[datetime]
    answer_by: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    passed_on_at: Mapped[datetime | None]


class EmergencyStep(Base):
    """A line of the checklist as it was when the plan was started."""

    __tablename__ = "emergency_step"

    emergency_id: Mapped[UUID] = mapped_column(ForeignKey("emergency.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    words: Mapped[str] = mapped_column(String(300))
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)


class EmergencyEntry(Base):
    """One line of the log; appended, never changed."""

    __tablename__ = "emergency_entry"
    __table_args__ = (UniqueConstraint("emergency_id", "seq"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    emergency_id: Mapped[UUID] = mapped_column(ForeignKey("emergency.id"))
    seq: Mapped[int]
    kind: Mapped[EntryKind] = mapped_column(String(12))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    text_id: Mapped[UUID | None] = mapped_column(ForeignKey("typed_text.id"))
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime]
