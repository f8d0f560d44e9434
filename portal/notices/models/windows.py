"""Maintenance windows: when something is out of service for a planned while, once or again and again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


class MaintenanceWindow(Base):
    """A planned while of a maintenance notice; calendars follow its changes by its sequence."""

    __tablename__ = "maintenance_window"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"), index=True)
    time_zone: Mapped[str] = mapped_column(String(60))
    starts_at: Mapped[datetime]
    """The first time."""
    minutes: Mapped[int]
    rule: Mapped[str] = mapped_column(String(200), default="")
    """An RRULE; empty for a window that comes once."""
    skipped: Mapped[list[Any]] = mapped_column(default=list)
    """Local days, as ISO dates, on which a window that recurs does not take place."""
    sequence: Mapped[int] = mapped_column(default=0)
    """Counts the changes; calendars take the highest for the one that holds."""
    cancelled_at: Mapped[datetime | None]
    cancelled_because: Mapped[str] = mapped_column(Text, default="")
    next_starts_at: Mapped[datetime | None] = mapped_column(index=True)
    """When it comes next; None once it is over or called off."""
    reminded_until: Mapped[datetime | None]
    """The latest start of which people were reminded."""
    announced_for: Mapped[datetime | None]
    """The start that people were told of when the window was moved."""
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    @property
    def announced(self) -> datetime | None:
        """The start that comes next, if people know of it; else None."""
        return self.next_starts_at if self.next_starts_at in (self.reminded_until, self.announced_for) else None
