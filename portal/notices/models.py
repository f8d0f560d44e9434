"""Tables of notices: revisions are immutable, receipts are appended."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


class NoticeKind(StrEnum):
    """What a notice is."""

    ADVISORY = "advisory"
    KNOWN_ISSUE = "known_issue"
    INCIDENT = "incident"
    MAINTENANCE = "maintenance"


class NoticeState(StrEnum):
    """Where a notice stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    ACTIVE = "active"
    WATCHING = "watching"
    RESOLVED = "resolved"
    ARCHIVED = "archived"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class ActionNeeded(StrEnum):
    """What the reader is asked for."""

    REQUIRED = "required"
    CHECK = "check"
    NONE = "none"


class NoticeScope(StrEnum):
    """Who may read a notice."""

    PUBLIC = "public"
    CUSTOMERS = "customers"
    TARGETED = "targeted"


class ReceiptKind(StrEnum):
    """What a contact answered."""

    OPENED = "opened"
    READ = "read"
    NOT_APPLICABLE = "not_applicable"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    NEED_HELP = "need_help"


class Notice(Base):
    """A published message, from draft to archive."""

    __tablename__ = "notice"
    __table_args__ = (Index(None, "state", "published_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(String(30), unique=True)
    kind: Mapped[NoticeKind] = mapped_column(String(12))
    state: Mapped[NoticeState] = mapped_column(String(12), default=NoticeState.DRAFT)
    scope: Mapped[NoticeScope] = mapped_column(String(10))
    action: Mapped[ActionNeeded] = mapped_column(String(10))
    act_by: Mapped[date | None]
    expires_on: Mapped[date]
    source_language: Mapped[str] = mapped_column(String(10), default="zh_Hans")
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("agent.id"))
    """The author, who can't approve."""
    reviewer_id: Mapped[UUID | None] = mapped_column(ForeignKey("agent.id"))
    revision_number: Mapped[int | None]
    """The revision that readers see; None before the first is published."""
    version: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]


class NoticeRevision(Base):
    """A numbered state of the words; immutable once published."""

    __tablename__ = "notice_revision"
    __table_args__ = (UniqueConstraint("notice_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"))
    number: Mapped[int]
    is_material: Mapped[bool] = mapped_column(default=True)
    products: Mapped[list[Any]] = mapped_column(default=list)
    """Rows of {product, module, range, status affected|not_affected, fixed_in}; the range word for word."""
    audience: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """{regions: [...], tiers: [...], organisations: [...]}; an empty list means all."""
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]


class NoticeText(Base):
    """The words of a revision in one language."""

    __tablename__ = "notice_text"

    revision_id: Mapped[UUID] = mapped_column(ForeignKey("notice_revision.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(10), primary_key=True)
    status: Mapped[str] = mapped_column(String(10))
    """source, draft or reviewed."""
    title: Mapped[str] = mapped_column(String(200))
    document: Mapped[dict[str, Any]]
    """{what, who, do, checklist: [{id, text}], steps: [{do, see, if_not, keys}], cause, prevention, links}."""


class NoticeCheck(Base):
    """A tick that a contact set on a notice's checklist."""

    __tablename__ = "notice_check"

    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), primary_key=True, index=True)
    item_id: Mapped[str] = mapped_column(String(30), primary_key=True)
    at: Mapped[datetime]


class Receipt(Base):
    """What a contact answered to a revision; appended, the latest counts."""

    __tablename__ = "receipt"
    __table_args__ = (Index(None, "notice_id", "organisation_id", "at"), Index(None, "contact_id", "notice_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"))
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("notice_revision.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"))
    kind: Mapped[ReceiptKind] = mapped_column(String(14))
    channel: Mapped[str] = mapped_column(String(10), default="portal")
    at: Mapped[datetime]
