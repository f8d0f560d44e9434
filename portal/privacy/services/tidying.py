"""Letting go of what nobody needs any more: mails that were delivered, sheets that can be made again, stray files."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, delete, or_, select
from sqlalchemy.orm import Session

from portal.core.db import Base
from portal.files.models import StoredFile
from portal.notices.messages import PUBLISHED
from portal.outbox.models import Job, OutboxMessage

TIDY_JOB = "tidy"
AT_ONCE = 500
"""Rows of one transaction, so that nobody waits long for it."""
_REMEMBERED = (PUBLISHED,)
"""Whoever was told of a notice is told of its withdrawal, however late that comes."""
_KEY = "storage_key"
_MADE_AGAIN = ("ticket-paper:", "summary-paper:", "notice-preview:", "board-words:")
"""How the keys of sheets begin that are made again for whoever asks, and of counts that are done again every hour.

Those that notices were published with stay.
"""


def forget_delivered(session: Session, *, before: datetime) -> int:
    """Forget messages that were delivered before a moment; returns how many, at most some hundred."""
    old = (OutboxMessage.delivered_at < before, OutboxMessage.kind.not_in(_REMEMBERED))
    ids = session.scalars(select(OutboxMessage.id).where(*old).limit(AT_ONCE)).all()
    session.execute(delete(OutboxMessage).where(OutboxMessage.id.in_(ids)))
    return len(ids)


def drop_papers(session: Session, *, before: datetime) -> list[str]:
    """Let go of sheets that were made before a moment, and return the keys of their bytes."""
    again = or_(*(Job.dedupe_key.startswith(each) for each in _MADE_AGAIN))
    jobs = session.scalars(select(Job).where(Job.done_at < before, again).limit(AT_ONCE)).all()
    ids = [each for job in jobs for each in _files_of(job.result)]
    files = session.scalars(select(StoredFile).where(StoredFile.id.in_(ids))).all()
    keys = [each.storage_key for each in files]
    for row in (*jobs, *files):
        session.delete(row)
    return keys


def _files_of(result: Mapping[str, Any]) -> list[UUID]:
    """Return the files that a job has made: one, and perhaps a picture of each of its pages."""
    whole = [result["file_id"]] if "file_id" in result else []
    return [UUID(str(each)) for each in [*whole, *result.get("page_ids", ())]]


def strays(session: Session, keys: Sequence[str]) -> list[str]:
    """Return the keys that nothing in the database knows: what was refused, or began and never arrived."""
    known: set[str] = set()
    for column in _key_columns():
        known.update(session.scalars(select(column).where(column.in_(keys))))
    return [each for each in keys if each not in known]


def _key_columns() -> list[Column[str]]:
    """Return every column that holds the key of a file on the store, whichever feature keeps it."""
    return [table.c[_KEY] for table in Base.metadata.tables.values() if _KEY in table.c]
