"""Printing a notice once for each organisation: begun, looked at, printed part by part, bound."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.db import new_id
from portal.files.models import StoredFile
from portal.notices.models import NoticeRevision, PrintBatch, PrintPart
from portal.notices.queries.copies import Trouble
from portal.outbox.services import add_job

CHECK_JOB, PART_JOB, BIND_JOB = "notice-copies-check", "notice-copies", "notice-copies-bind"
IN_A_PART = 100
"""Copies that are printed in one go: under a second of the press, and what a worker that dies has to do again."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be printed of a revision, and in what form."""

    locales: Sequence[str]
    is_separate: bool
    time_zone: str


def begin_batch(
    session: Session,
    revision: NoticeRevision,
    wanted: Wanted,
    organisation_ids: Sequence[UUID],
    *,
    by: Actor,
    at: datetime,
) -> PrintBatch:
    """Begin a batch; every address is looked at first, and nothing is printed yet."""
    batch = PrintBatch(
        id=new_id(),
        notice_id=revision.notice_id,
        revision_id=revision.id,
        locales=list(wanted.locales),
        is_separate=wanted.is_separate,
        copies=len(organisation_ids),
        made_by=by.person_id,
        created_at=at,
    )
    session.add(batch)
    session.flush()
    ids = [str(each) for each in organisation_ids]
    parts = [ids[place : place + IN_A_PART] for place in range(0, len(ids), IN_A_PART)]
    session.add_all(
        PrintPart(batch_id=batch.id, number=number, organisations=part) for number, part in enumerate(parts)
    )
    session.flush()
    _add(session, CHECK_JOB, batch, {"time_zone": wanted.time_zone}, at=at)
    return batch


def keep_troubles(session: Session, batch: PrintBatch, troubles: Iterable[Trouble], *, at: datetime) -> None:
    """Keep what is wrong with addresses, each with the part that its copy would be in."""
    found = {each.organisation_id: each for each in troubles}
    for part in session.execute(select(PrintPart).where(PrintPart.batch_id == batch.id)).scalars():
        part.troubles = [found[each].as_row() for each in part.organisations if each in found]
    batch.checked_at = at


def start_printing(session: Session, batch_id: UUID, *, time_zone: str, at: datetime) -> bool:
    """Have every part printed, once; returns whether it was looked at before."""
    is_ours = session.execute(
        update(PrintBatch)
        .where(PrintBatch.id == batch_id, PrintBatch.checked_at.is_not(None), PrintBatch.started_at.is_(None))
        .values(started_at=at)
        .returning(PrintBatch.id)
    ).scalar()
    if is_ours is None:
        return False
    batch = session.get_one(PrintBatch, batch_id)
    for number in session.execute(select(PrintPart.number).where(PrintPart.batch_id == batch_id)).scalars().all():
        _add(session, PART_JOB, batch, {"time_zone": time_zone, "number": number}, at=at)
    return True


def keep_part(session: Session, batch: PrintBatch, number: int, file_id: UUID | None, *, at: datetime) -> None:
    """Keep a printed part; with the last of them, everything is bound."""
    session.execute(
        update(PrintPart)
        .where(PrintPart.batch_id == batch.id, PrintPart.number == number)
        .values(file_id=file_id, done_at=at)
    )
    open_parts = select(func.count()).where(PrintPart.batch_id == batch.id, PrintPart.done_at.is_(None))
    if not session.execute(open_parts).scalar():
        _add(session, BIND_JOB, batch, {}, at=at)


def keep_bound(session: Session, batch_id: UUID, file_id: UUID | None, *, at: datetime) -> None:
    """Keep the finished file; there is none where no copy could be sent to anybody."""
    session.execute(update(PrintBatch).where(PrintBatch.id == batch_id).values(file_id=file_id, done_at=at))


def let_go(session: Session, file_ids: Sequence[UUID], *, at: datetime) -> None:
    """Say of files that they are no longer there."""
    session.execute(update(StoredFile).where(StoredFile.id.in_(file_ids)).values(erased_at=at))


def job_key(kind: str, batch_id: UUID, number: int | None = None) -> str:
    """Return the key under which a step of a batch is done once."""
    return f"{kind}:{batch_id}" if number is None else f"{kind}:{batch_id}:{number}"


def _add(session: Session, kind: str, batch: PrintBatch, parameters: dict[str, str | int], *, at: datetime) -> None:
    number = parameters.get("number")
    add_job(
        session,
        kind,
        {"batch": str(batch.id), **parameters},
        dedupe_key=job_key(kind, batch.id, int(number) if number is not None else None),
        at=at,
    )
