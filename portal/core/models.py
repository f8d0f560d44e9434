"""Tables that every feature leans on."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


class TypedText(Base):
    """What a person typed, kept apart so that it can be erased while the record of it stays."""

    __tablename__ = "typed_text"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    body: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    erased_at: Mapped[datetime | None]


class IdempotencyKey(Base):
    """A form that was already sent, and what came of it."""

    __tablename__ = "idempotency_key"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    result: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class Counter(Base):
    """The last number given out in a series, such as the tickets of 2026."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[int]


class AuditEntry(Base):
    """Who did something that changes who may see or do what."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index(None, "subject_kind", "subject_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime] = mapped_column(index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    action: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(64))
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)


class RateLimit(Base):
    """How often something was tried in a window, shared by all processes."""

    __tablename__ = "rate_limit"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    window_start: Mapped[datetime] = mapped_column(primary_key=True)
    count: Mapped[int]
