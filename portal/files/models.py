"""The table of files that people sent and that we made."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


class StoredFile(Base):
    """One file on the store; whoever may see what it belongs to may have it."""

    __tablename__ = "stored_file"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    """In bytes, as stored."""
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    storage_key: Mapped[str] = mapped_column(String(80), index=True)
    is_inline: Mapped[bool] = mapped_column(default=False)
    """Only for images that we encoded again ourselves."""
    created_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]
