"""Reads about what waits to be delivered or made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, exists, func, literal, select, union_all
from sqlalchemy.orm import Session

from portal.outbox.models import Job, OutboxMessage
from portal.outbox.plain import Plain


class JobState(StrEnum):
    """How far a job is, for the page that waits for it."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class JobStatus:
    """A job as a page sees it."""

    id: UUID
    state: JobState
    result: dict[str, Plain]


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message or job that was given up, as the desk lists it."""

    id: UUID
    what: str
    """``message`` or ``job``."""
    kind: str
    subject_id: UUID | None
    person_id: UUID | None
    address: str | None
    attempts: int
    last_error: str
    created_at: datetime
    dead_at: datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the messages of one kind about one thing are."""

    sent: int
    dropped: int
    """Nothing was sent: no address, or the person or the matter is gone."""
    given_up: int
    waiting: int

    @property
    def total(self) -> int:
        """How many there are."""
        return self.sent + self.dropped + self.given_up + self.waiting


def is_told(session: Session, subject_id: UUID) -> bool:
    """Whether anybody was, or will be, told about something."""
    return session.scalar(select(exists().where(OutboxMessage.subject_id == subject_id))) or False


def progress(session: Session, kind: str, subject_id: UUID, *, since: datetime | None = None) -> Progress:
    """Return how far the messages of a kind about something are; ``since`` leaves out what was queued before."""
    is_meant = (OutboxMessage.subject_id == subject_id, OutboxMessage.kind == kind)
    was_delivered = OutboxMessage.delivered_at.is_not(None)
    counts = session.execute(
        select(
            func.count().filter(was_delivered, ~OutboxMessage.was_dropped),
            func.count().filter(was_delivered, OutboxMessage.was_dropped),
            func.count().filter(OutboxMessage.dead_at.is_not(None)),
            func.count().filter(OutboxMessage.delivered_at.is_(None), OutboxMessage.dead_at.is_(None)),
        ).where(*is_meant, *([OutboxMessage.created_at >= since] if since else []))
    ).one()
    return Progress(*counts)


def job_status(session: Session, dedupe_key: str) -> JobStatus | None:
    """Return how far a job is; None where nobody asked for it."""
    columns = Job.id, Job.done_at, Job.dead_at, Job.result
    row = session.execute(select(*columns).where(Job.dedupe_key == dedupe_key)).first()
    if row is None:
        return None
    state = JobState.DONE if row.done_at else JobState.FAILED if row.dead_at else JobState.PENDING
    return JobStatus(id=row.id, state=state, result=row.result)


def dead_letters(session: Session, *, limit: int = 50) -> list[DeadLetter]:
    """Return what was given up, the newest first."""
    both = union_all(_dead_messages(), _dead_jobs()).subquery()
    rows: Sequence[Row[Any]] = session.execute(select(both).order_by(both.c.dead_at.desc()).limit(limit)).all()
    return [DeadLetter(**row._mapping) for row in rows]  # noqa: SLF001 (SQLAlchemy's public name for it)


def _dead_messages() -> Select[*tuple[Any, ...]]:
    return select(
        OutboxMessage.id,
        literal("message").label("what"),
        OutboxMessage.kind,
        OutboxMessage.subject_id,
        OutboxMessage.person_id,
        OutboxMessage.address,
        OutboxMessage.attempts,
        OutboxMessage.last_error,
        OutboxMessage.created_at,
        OutboxMessage.dead_at,
    ).where(OutboxMessage.dead_at.is_not(None))


def _dead_jobs() -> Select[*tuple[Any, ...]]:
    return select(
        Job.id,
        literal("job").label("what"),
        Job.kind,
        literal(None, OutboxMessage.subject_id.type).label("subject_id"),
        literal(None, OutboxMessage.person_id.type).label("person_id"),
        literal(None, OutboxMessage.address.type).label("address"),
        Job.attempts,
        Job.last_error,
        Job.created_at,
        Job.dead_at,
    ).where(Job.dead_at.is_not(None))
