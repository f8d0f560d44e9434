"""Tables of the secret addresses of organisations' feeds, and of what notices were taken in from."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


class NoticeFeedLink(Base):
    """A secret address at which an organisation's programs find the notices meant for it; revocable."""

    __tablename__ = "notice_feed_link"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class NoticeImport(Base):
    """The document that a notice was made from, as it came, and what of it found no place in the notice."""

    __tablename__ = "notice_import"

    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    file_name: Mapped[str] = mapped_column(String(255))
    document: Mapped[dict[str, Any]]
    kept_unmapped: Mapped[list[Any]]
    """Where in the document the parts stand that the notice has no place for."""
    imported_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    imported_at: Mapped[datetime]
