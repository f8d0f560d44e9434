"""The table of published questionnaires."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


class QuestionnaireVersion(Base):
    """A published version, never changed: canonical JSON and its hash."""

    __tablename__ = "questionnaire_version"
    __table_args__ = (UniqueConstraint("key", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(String(60))
    number: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    body: Mapped[str] = mapped_column(Text)
    source: Mapped[str | None] = mapped_column(Text)
    """The file as it was written, with its comments; None where it is not known."""
    published_at: Mapped[datetime]
    published_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
