"""Tables of what is still to be delivered or made."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


def _dead_index(name: str) -> Index:
    """Return an index of what was given up alone, which is little of all there is."""
    was_given_up = text("dead_at IS NOT NULL")
    return Index(name, "dead_at", sqlite_where=was_given_up, postgresql_where=was_given_up)


def _ended_index(table: str, column: str) -> Index:
    """Return an index of what is over, by when; it is tidied away in the end."""
    is_over = text(f"{column} IS NOT NULL")
    return Index(f"ix_{table}_{column}", column, sqlite_where=is_over, postgresql_where=is_over)


class OutboxMessage(Base):
    """Something a person is to be told; the words are found when it is delivered."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        Index(
            "ix_outbox_message_open",
            "is_bulk",
            "next_at",
            sqlite_where=text("delivered_at IS NULL AND dead_at IS NULL"),
            postgresql_where=text("delivered_at IS NULL AND dead_at IS NULL"),
        ),
        _dead_index("ix_outbox_message_dead"),
        _ended_index("outbox_message", "delivered_at"),
        Index(None, "subject_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    address: Mapped[str | None] = mapped_column(String(254))
    """Only for people who have no row yet, such as the invited."""
    parameters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Encrypted, and blanked when delivered: sign-in codes and invitation links."""
    dedupe_key: Mapped[str] = mapped_column(String(160), unique=True)
    created_at: Mapped[datetime]
    next_at: Mapped[datetime]
    is_bulk: Mapped[bool] = mapped_column(default=False, server_default=false())
    """One of very many: it waits while there is anything else to deliver, such as a sign-in code."""
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    was_dropped: Mapped[bool] = mapped_column(default=False)
    """Nothing was sent: what it was about, or whom it was for, is gone."""
    dead_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(Text, default="")


class Job(Base):
    """Something to be made outside the request, such as a PDF."""

    __tablename__ = "job"
    __table_args__ = (
        Index(
            "ix_job_open",
            "next_at",
            sqlite_where=text("done_at IS NULL AND dead_at IS NULL"),
            postgresql_where=text("done_at IS NULL AND dead_at IS NULL"),
        ),
        _dead_index("ix_job_dead"),
        _ended_index("job", "done_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(60))
    parameters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    dedupe_key: Mapped[str] = mapped_column(String(160), unique=True)
    created_at: Mapped[datetime]
    next_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    dead_at: Mapped[datetime | None]
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    last_error: Mapped[str] = mapped_column(Text, default="")
