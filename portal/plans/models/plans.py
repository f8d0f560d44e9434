"""Tables of emergency plans."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id
from portal.plans.models.states import IncidentClass


class EmergencyPlan(Base):
    """Who does what, and how soon, when something of a kind happens; for everybody, or agreed with one organisation."""

    __tablename__ = "emergency_plan"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(160))
    incident_class: Mapped[IncidentClass] = mapped_column(String(12))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    assembly_minutes: Mapped[int]
    """Within how many minutes everybody who is named answers."""
    cadence_minutes: Mapped[int]
    """How often customers hear."""
    version: Mapped[int] = mapped_column(default=0)
    """Counts the changes, so that two people at once notice each other."""
    changed_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    changed_at: Mapped[datetime]


class PlanRole(Base):
    """What somebody of us does in a plan, and who is called next where they don't answer."""

    __tablename__ = "plan_role"

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("emergency_plan.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    duty: Mapped[str] = mapped_column(String(200))
    agent_id: Mapped[UUID] = mapped_column(ForeignKey("agent.id"), index=True)
    substitute_id: Mapped[UUID | None] = mapped_column(ForeignKey("agent.id"), index=True)
    tells_customers: Mapped[bool] = mapped_column(default=False)
    """One of each plan; telling customers is all that they do."""


class PlanStep(Base):
    """One line of a plan's checklist."""

    __tablename__ = "plan_step"

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("emergency_plan.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    words: Mapped[str] = mapped_column(String(300))
    within_minutes: Mapped[int]


class PlanContact(Base):
    """Somebody at the organisation who is part of its plan."""

    __tablename__ = "plan_contact"

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("emergency_plan.id"), primary_key=True)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), primary_key=True, index=True)
    duty: Mapped[str] = mapped_column(String(120), default="")
    joins_drills_at: Mapped[datetime | None]
    """When they said that drills may reach them; None: they may not."""
