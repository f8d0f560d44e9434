"""Going on with the lists that were sent in: one piece of one list in one transaction, so that it can stop anywhere."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.administration.models import ImportState, ListImport, RefusedRow, Register
from portal.administration.services.taking.judging import Outcome, Verdict, judge
from portal.administration.services.taking.rows import read_rows
from portal.administration.services.taking.writing import write
from portal.core.actor import Actor, Role
from portal.core.audit import note_audit
from portal.core.models import AuditEntry
from portal.files.storage import FolderStorage

KEPT_FOR = timedelta(days=1)
"""What was sent may say who people are, so it goes when nobody decides about it."""
_WORKED_ON = (ImportState.CHECKING, ImportState.TAKING)


def go_on(session: Session, *, storage: Callable[[], FolderStorage], at: datetime) -> bool:
    """Do the next piece of a list, and drop what nobody decides about for a day; returns whether there is more."""
    waiting = select(ListImport).where(ListImport.storage_key.is_not(None)).order_by(ListImport.changed_at)
    rows = session.scalars(waiting.with_for_update(skip_locked=True)).all()
    for row in rows:
        if row.state not in _WORKED_ON and row.changed_at < at - KEPT_FOR:
            _end(row, ImportState.LEFT, storage(), at=at)
    due = [row for row in rows if row.state in _WORKED_ON]
    if not due:
        return False
    _work_on(session, due[0], storage(), at=at)
    return True


def _work_on(session: Session, row: ListImport, storage: FolderStorage, *, at: datetime) -> None:
    path = storage.path_of(row.storage_key or "")
    if not path.is_file():
        _end(row, ImportState.LEFT, storage, at=at)
        return
    if not row.place:
        session.execute(delete(RefusedRow).where(RefusedRow.import_id == row.id))
    piece, row.place = read_rows(path, row.place)
    verdicts = judge(session, Register(row.kind), piece)
    if row.state == ImportState.TAKING:
        write(session, Register(row.kind), verdicts, by=_taker(session, row), at=at)
    _count(session, row, verdicts)
    if row.place >= row.size:
        _finish(session, row, storage, at=at)


def _count(session: Session, row: ListImport, verdicts: Sequence[Verdict]) -> None:
    found = Counter(each.outcome for each in verdicts)
    row.added += found[Outcome.ADD]
    row.changed += found[Outcome.CHANGE]
    row.same += found[Outcome.SAME]
    row.refused += found[Outcome.REFUSE]
    refused = [
        {"import_id": row.id, "row": each.row.number, "column": each.column, "reason": each.reason}
        for each in verdicts
        if each.outcome is Outcome.REFUSE
    ]
    if refused:
        session.execute(insert(RefusedRow), refused)


def _finish(session: Session, row: ListImport, storage: FolderStorage, *, at: datetime) -> None:
    if row.state == ImportState.CHECKING:
        row.state, row.place, row.changed_at = ImportState.CHECKED, row.size, at
    else:
        counts = {name: getattr(row, name) for name in ("rows", "added", "changed", "same", "refused")}
        note_audit(session, "list-taken-in", subject=row, by=_taker(session, row), at=at, kind=row.kind, **counts)
        _end(row, ImportState.DONE, storage, at=at)


def _end(row: ListImport, state: ImportState, storage: FolderStorage, *, at: datetime) -> None:
    """Take away what was sent; should the transaction fail afterwards, the list is found gone and is left."""
    storage.remove(row.storage_key or "")
    row.state, row.storage_key, row.changed_at = state, None, at


def _taker(session: Session, row: ListImport) -> Actor:
    """Return who had a list taken in, who needn't be the one who sent it."""
    decided = (AuditEntry.subject_kind == ListImport.__tablename__, AuditEntry.subject_id == str(row.id))
    who = session.scalars(select(AuditEntry.person_id).where(*decided).order_by(AuditEntry.at.desc()).limit(1)).first()
    person = session.get_one(Person, who or row.person_id)
    return Actor(person_id=person.id, name=person.name, role=Role.ADMIN)
