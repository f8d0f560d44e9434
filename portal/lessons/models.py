"""The table of what is still to be written up."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base


class LessonOutcome(StrEnum):
    """What became of a solved ticket's knowledge."""

    ARTICLE = "article"
    """It was written up as a new article."""
    COVERED = "covered"
    """An article says it already."""
    NOTHING = "nothing"
    """Nobody else would learn from it, and somebody said why."""


class LessonTask(Base):
    """A solved ticket that asks for an article."""

    __tablename__ = "lesson_task"
    __table_args__ = (
        Index(
            "ix_lesson_task_due",
            "due_at",
            "ticket_id",
            sqlite_where=text("settled_at IS NULL"),
            postgresql_where=text("settled_at IS NULL"),
        ),
    )

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    due_at: Mapped[datetime]
    outcome: Mapped[LessonOutcome | None] = mapped_column(String(10))
    article_id: Mapped[UUID | None] = mapped_column(ForeignKey("article.id"), index=True)
    reason: Mapped[str] = mapped_column(String(500), default="")
    settled_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[datetime | None]
