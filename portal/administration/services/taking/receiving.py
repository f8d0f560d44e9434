"""Receiving a list, and deciding that it is taken in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.administration.models import ImportState, ListImport, Register
from portal.administration.services.errors import SetupError
from portal.core.actor import Actor
from portal.core.audit import note_audit
from portal.core.db import new_id
from portal.outbox.services import add_job

LIST_JOB = "work-on-lists"


@dataclass(frozen=True, slots=True)
class Received:
    """A list that lies on the store."""

    register: Register
    storage_key: str
    size: int
    rows: int


def receive(session: Session, received: Received, *, by: Actor, at: datetime) -> ListImport:
    """Keep that a list was sent in; the worker looks through it."""
    row = ListImport(
        id=new_id(),
        kind=received.register,
        person_id=by.person_id,
        storage_key=received.storage_key,
        size=received.size,
        rows=received.rows,
        sent_at=at,
        changed_at=at,
    )
    session.add(row)
    session.flush()
    _have_done(session, row, at=at)
    return row


def take_in(session: Session, row: ListImport, *, by: Actor, at: datetime) -> None:
    """Have a list taken in that was looked through; asked for twice, it is taken in once."""
    if row.state in (ImportState.TAKING, ImportState.DONE):
        return
    if row.state != ImportState.CHECKED:
        raise SetupError("not-checked")
    row.state, row.place, row.changed_at = ImportState.TAKING, 0, at
    facts = {name: getattr(row, name) for name in ("rows", "refused")}
    row.added = row.changed = row.same = row.refused = 0
    _have_done(session, row, at=at)
    note_audit(session, "take-in-list", subject=row, by=by, at=at, kind=row.kind, **facts)


def _have_done(session: Session, row: ListImport, *, at: datetime) -> None:
    """Have the worker begin at once; should it stop in the middle, its next look at the clock goes on."""
    add_job(session, LIST_JOB, {}, dedupe_key=f"list:{row.id}:{row.state}", at=at)
