"""Tables of surges: what looked like one problem at many places, and how far the clock has looked."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id

_IS_SUSPECTED = text("quiet_at IS NULL")
_IS_DECLARED = text("notice_id IS NOT NULL AND ended_at IS NULL")

_IS_ASIDE = text("taken_back_at IS NULL")


class Surge(Base):
    """Many alike reports at once, from when it was noticed until it was quiet again."""

    __tablename__ = "surge"
    __table_args__ = (
        Index(
            "uq_surge_suspected",
            "product_code",
            "module_code",
            "fault_type",
            "fingerprint",
            unique=True,
            sqlite_where=_IS_SUSPECTED,
            postgresql_where=_IS_SUSPECTED,
        ),
        Index("ix_surge_declared", "declared_at", sqlite_where=_IS_DECLARED, postgresql_where=_IS_DECLARED),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    product_code: Mapped[str] = mapped_column(String(60))
    module_code: Mapped[str] = mapped_column(String(60))
    fault_type: Mapped[str] = mapped_column(String(80))
    """The fault type, or which questionnaire was asked where it has none."""
    fingerprint: Mapped[str] = mapped_column(String(80))
    """Empty where reports are alike by product, module and fault type only."""
    organisations: Mapped[int]
    """The most that reported it within one window."""
    release_version: Mapped[str] = mapped_column(String(60), default="")
    """What was released within the day before; empty for nothing."""
    raised_at: Mapped[datetime]
    quiet_at: Mapped[datetime | None]
    notice_id: Mapped[UUID | None] = mapped_column(ForeignKey("notice.id"), index=True)
    """The incident that a person declared it to be."""
    declared_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    declared_at: Mapped[datetime | None]
    next_update_at: Mapped[datetime | None]
    """By when everybody who reports the same was told that they hear more."""
    ended_at: Mapped[datetime | None]
    """When a person said that it is over; nobody is told of it any more."""


class SurgeAside(Base):
    """What a person said when they put a surge aside that is none, and when somebody took that back."""

    __tablename__ = "surge_aside"
    __table_args__ = (
        Index("uq_surge_aside_now", "surge_id", unique=True, sqlite_where=_IS_ASIDE, postgresql_where=_IS_ASIDE),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    surge_id: Mapped[UUID] = mapped_column(ForeignKey("surge.id"), index=True)
    text_id: Mapped[UUID] = mapped_column(ForeignKey("typed_text.id"))
    """Why it is none."""
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime]
    taken_back_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    taken_back_at: Mapped[datetime | None]


class SurgeLook(Base):
    """Until when tickets were looked at; one row."""

    __tablename__ = "surge_look"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    looked_at: Mapped[datetime]
