"""Tables of notices: revisions are immutable, receipts are appended."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id
from portal.notices.models.following import Channel
from portal.notices.models.states import (
    ActionNeeded,
    AudienceKind,
    NoticeKind,
    NoticeScope,
    NoticeState,
    ReceiptKind,
    RevisionState,
    TextStatus,
)


class Notice(Base):
    """A published message, from draft to archive."""

    __tablename__ = "notice"
    __table_args__ = (Index(None, "state", "published_at"), Index(None, "published_at", "code"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(String(30), unique=True)
    kind: Mapped[NoticeKind] = mapped_column(String(12))
    state: Mapped[NoticeState] = mapped_column(String(12), default=NoticeState.DRAFT)
    # As the revision that readers see has them, so that lists find them without a join.
    scope: Mapped[NoticeScope] = mapped_column(String(10))
    action: Mapped[ActionNeeded] = mapped_column(String(10))
    act_by: Mapped[date | None]
    expires_on: Mapped[date]
    source_language: Mapped[str] = mapped_column(String(10), default="zh_Hans")
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("agent.id"))
    reviewer_id: Mapped[UUID | None] = mapped_column(ForeignKey("agent.id"))
    revision_number: Mapped[int | None]
    """The revision that readers see; None before the first is published."""
    material_number: Mapped[int] = mapped_column(default=1)
    """The latest revision that changed what readers must do; answers to older ones count no more."""
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")
    superseded_by: Mapped[str | None] = mapped_column(String(30))
    """The code of the notice to read instead."""
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
    state: Mapped[RevisionState] = mapped_column(String(10), default=RevisionState.DRAFT)
    is_material: Mapped[bool] = mapped_column(default=True)
    scope: Mapped[NoticeScope] = mapped_column(String(10))
    action: Mapped[ActionNeeded] = mapped_column(String(10))
    act_by: Mapped[date | None]
    expires_on: Mapped[date]
    products: Mapped[list[Any]] = mapped_column(default=list)
    """Rows of ProductRange: the range word for word, the names as they were when it was written."""
    audience: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Values by AudienceKind; a kind that is missing means all."""
    authors: Mapped[list[Any]] = mapped_column(default=list)
    """Ids of everyone who wrote a part of it, none of whom can approve it."""
    waivers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Languages that it goes out without: the id of the person who said so, by language."""
    sent_back_because: Mapped[str] = mapped_column(Text, default="")
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    publish_at: Mapped[datetime | None]
    """When it goes out by itself, once it was approved."""
    published_at: Mapped[datetime | None]


class NoticeText(Base):
    """The words of a revision in one language."""

    __tablename__ = "notice_text"

    revision_id: Mapped[UUID] = mapped_column(ForeignKey("notice_revision.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(10), primary_key=True)
    status: Mapped[TextStatus] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text, default="")
    """What happens, for lists."""
    change: Mapped[str] = mapped_column(String(300), default="")
    """What is different from the revision before."""
    document: Mapped[dict[str, Any]]
    """The Words, as JSON."""
    source_sha256: Mapped[str] = mapped_column(String(64), default="")
    """Which state of the source text a translation was made from."""
    is_converted: Mapped[bool] = mapped_column(default=False)
    """Whether a machine made it from the other Chinese script and nobody has read it yet."""
    reviewed_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))


class NoticeAudience(Base):
    """Whom a targeted notice is for, as rows that a query can look for."""

    __tablename__ = "notice_audience"

    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    kind: Mapped[AudienceKind] = mapped_column(String(12), primary_key=True)
    value: Mapped[str] = mapped_column(String(60), primary_key=True)


class NoticeCheck(Base):
    """A tick on a notice's checklist; colleagues of one organisation share it."""

    __tablename__ = "notice_check"

    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True, index=True)
    item_id: Mapped[str] = mapped_column(String(30), primary_key=True)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), index=True)
    at: Mapped[datetime]


class Receipt(Base):
    """What a contact answered to a revision; appended, the latest counts."""

    __tablename__ = "receipt"
    __table_args__ = (
        Index(None, "organisation_id", "notice_id", "at"),
        Index(None, "notice_id", "at"),
        Index(None, "contact_id", "notice_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"))
    revision_number: Mapped[int]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"))
    """None where a colleague without a way in answered by the printed sheet."""
    kind: Mapped[ReceiptKind] = mapped_column(String(14))
    channel: Mapped[Channel] = mapped_column(String(10), default=Channel.PORTAL)
    said_id: Mapped[UUID | None] = mapped_column(ForeignKey("typed_text.id"))
    """Who answered by the sheet, and on which number they can be reached: JSON with what they wrote."""
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    """The agent who wrote down what was said on the phone or stood on the slip."""
    at: Mapped[datetime]
