"""Tables of notices printed for each organisation by name."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


class PrintBatch(Base):
    """A notice that is printed once for each of many organisations, with the address and a code of its own on each."""

    __tablename__ = "print_batch"
    __table_args__ = (Index(None, "notice_id", "created_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"))
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("notice_revision.id"))
    locales: Mapped[list[Any]]
    """The languages of each copy, the first on top."""
    is_separate: Mapped[bool] = mapped_column(default=False)
    """Whether each organisation gets a file of its own, in one archive."""
    copies: Mapped[int]
    """How many organisations there are; those that can't be written to are among them."""
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    checked_at: Mapped[datetime | None]
    """When every address had been looked at; nothing is printed before somebody has seen what was found."""
    started_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))


class PrintPart(Base):
    """Some of a batch's copies, printed in one go; a worker that dies loses no more than one part."""

    __tablename__ = "print_part"

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("print_batch.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    organisations: Mapped[list[Any]]
    """Their ids, in the order of the copies."""
    troubles: Mapped[list[Any]] = mapped_column(default=list)
    """Rows of Trouble: whose address is missing or can't be shown."""
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    done_at: Mapped[datetime | None]
