"""Tables of calendars and policies: an edit is a new version, and the earlier ones stay as they were."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


class DayKind(StrEnum):
    """How a day differs from its weekday."""

    OFF = "off"
    ON = "on"
    """A make-up day: worked although its weekday is not."""
    SHORT = "short"


class WorkCalendar(Base):
    """A version of a calendar: the working time of each weekday in a zone."""

    __tablename__ = "work_calendar"
    __table_args__ = (UniqueConstraint("name", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    zone: Mapped[str] = mapped_column(String(60))
    weekly: Mapped[list[Any]]
    """Seven lists of [from, to] in minutes after midnight, Monday first; past midnight the end is over 1440."""
    made_at: Mapped[datetime]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    """None where it came with the portal."""


class CalendarException(Base):
    """A day of a calendar's version that has hours of its own."""

    __tablename__ = "calendar_exception"

    calendar_id: Mapped[UUID] = mapped_column(ForeignKey("work_calendar.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[DayKind] = mapped_column(String(5))
    intervals: Mapped[list[Any]]
    label: Mapped[str] = mapped_column(String(120), default="")


class PromisePolicy(Base):
    """A version of a policy: for which tickets, and which times it promises."""

    __tablename__ = "promise_policy"
    __table_args__ = (UniqueConstraint("name", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    rank: Mapped[int]
    """The first that fits is the one that applies."""
    is_on: Mapped[bool]
    conditions: Mapped[dict[str, Any]]
    """Lists by tier, priority, product and channel; one that isn't named fits every ticket."""
    targets: Mapped[dict[str, Any]]
    calendar: Mapped[str] = mapped_column(String(20))
    """A calendar's name; its latest version applies."""
    made_at: Mapped[datetime]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    """None where it came with the portal."""
