"""What makes notices findable."""

from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base


class NoticeWords(Base):
    """The terms of what readers see of a notice, in all its languages.

    What is looked through is made of them by the database, in the way of each: see the migration that made the table.
    """

    __tablename__ = "notice_words"
    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)
    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"), unique=True)
    terms: Mapped[str] = mapped_column(Text)
    """Each once, with spaces between."""
