"""Tables of what comes back every year: series, and the draft that each year brought."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


class NoticeSeries(Base):
    """A notice that a region needs every year, in a window of month-days."""

    __tablename__ = "notice_series"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(String(60), unique=True)
    names: Mapped[dict[str, Any]]
    """Its name by locale, for the desk."""
    regions: Mapped[list[Any]]
    """As organisations have them; none means every region."""
    starts_on: Mapped[str] = mapped_column(String(5))
    """The month-day on which readers should have it, such as ``04-01``."""
    act_by: Mapped[str] = mapped_column(String(5))
    ends_on: Mapped[str] = mapped_column(String(5))
    """The month-day after which nobody needs it; before the start it lies in the next year."""
    lead_days: Mapped[int] = mapped_column(default=45)
    """How many days before the start the year's draft appears, to be reviewed in time."""
    lead_id: Mapped[UUID | None] = mapped_column(ForeignKey("agent.id"))
    """Who is alarmed while nobody approves; where nobody is named, the admins are."""
    words: Mapped[dict[str, Any]]
    """Title and words by locale, for a year that has no notice of the year before to begin from."""
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class NoticeSeason(Base):
    """The notice of a series in one year; there is one, however many workers look at the clock."""

    __tablename__ = "notice_season"

    series_id: Mapped[UUID] = mapped_column(ForeignKey("notice_series.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"), unique=True)
