"""Tables for following a notice up: printed copies, reminders, who else has it, and by which errors it is known."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


class Channel(StrEnum):
    """By which way an answer came."""

    PORTAL = "portal"
    QR = "qr"
    SLIP = "slip"
    PHONE = "phone"


class ReportSource(StrEnum):
    """Where somebody said that they have the same problem."""

    PAGE = "page"
    INTERVIEW = "interview"


class NoticeCopy(Base):
    """A printed copy of a notice for one organisation; its code stands on the slip, and in the sheet's QR code."""

    __tablename__ = "notice_copy"
    __table_args__ = (UniqueConstraint("notice_id", "organisation_id"),)

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    made_at: Mapped[datetime]


class NoticeReminder(Base):
    """That everyone who had not answered by then was reminded of a notice; appended, never changed."""

    __tablename__ = "notice_reminder"

    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    revision_number: Mapped[int] = mapped_column(primary_key=True)
    days_before: Mapped[int] = mapped_column(primary_key=True)
    told: Mapped[int]
    """How many people were written to."""
    at: Mapped[datetime]


class NoticeError(Base):
    """An error text by which an interview recognises a known issue."""

    __tablename__ = "notice_error"

    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(80), primary_key=True)
    template: Mapped[str] = mapped_column(Text)
    """What the text looks like without what differs from case to case; secrets are out of it."""
    added_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]


class AffectedReport(Base):
    """Somebody said that their organisation has this problem too; they hear when it is solved."""

    __tablename__ = "affected_report"
    __table_args__ = (
        UniqueConstraint("notice_id", "contact_id"),
        Index(None, "organisation_id", "notice_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), index=True)
    source: Mapped[ReportSource] = mapped_column(String(10))
    at: Mapped[datetime]
