"""Tables of service summaries."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


class Rhythm(StrEnum):
    """How often an organisation gets its summary."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"


class SummaryPlan(Base):
    """How often an organisation gets its summary; without a row there is none."""

    __tablename__ = "summary_plan"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    rhythm: Mapped[Rhythm] = mapped_column(String(12))
    next_on: Mapped[date] = mapped_column(index=True)
    """The day after the period that runs: then its summary is made."""
    changed_at: Mapped[datetime]


class SummaryReader(Base):
    """Somebody who gets an organisation's summaries by mail."""

    __tablename__ = "summary_reader"
    __table_args__ = (UniqueConstraint("person_id", "organisation_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    since: Mapped[datetime]


class ServiceSummary(Base):
    """How an organisation was served in a period; figures only, nothing that anybody typed."""

    __tablename__ = "service_summary"
    __table_args__ = (UniqueConstraint("organisation_id", "begins_on", "ends_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    begins_on: Mapped[date]
    ends_on: Mapped[date]
    """The first day that is not in it any more."""
    figures: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
