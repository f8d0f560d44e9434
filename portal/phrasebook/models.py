"""The table of terms that were added, changed or dropped since the portal came with its first ones."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


class Phrase(Base):
    """What customers are told instead of an engineer's term, in one language."""

    __tablename__ = "phrase"
    __table_args__ = (UniqueConstraint("language", "folded"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    language: Mapped[str] = mapped_column(String(10))
    term: Mapped[str] = mapped_column(String(60))
    folded: Mapped[str] = mapped_column(String(120))
    """The term in small letters and without spaces: one entry for “API” and “api”."""
    sentence: Mapped[str] = mapped_column(Text)
    """Empty where a term that came with the portal was dropped."""
    changed_at: Mapped[datetime]
