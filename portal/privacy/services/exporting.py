"""A person's data as one archive: JSON for each table, and the files they sent."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import Enum
from uuid import UUID

from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.core.actor import Actor
from portal.core.audit import note_audit
from portal.files.checks import CheckedFile
from portal.files.models import StoredFile
from portal.files.services import Owner, receive
from portal.outbox import services as outbox
from portal.privacy import queries

EXPORT_JOB = "person-export"
DROP_JOB = "person-export-drop"
_KEPT = timedelta(days=7)
_ReadBytes = Callable[[str], bytes]


def export_key(person_id: UUID, day: date) -> str:
    """Return the key of a day's export: asked for again on the same day, it is the same one."""
    return f"{EXPORT_JOB}:{person_id}:{day}"


def ask_for_export(session: Session, person_id: UUID, *, by: Actor, at: datetime) -> None:
    """Have the worker make a person's archive; that somebody else asks for it stands in the log."""
    if by.person_id != person_id:
        note_audit(session, "export-person", subject=session.get_one(Person, person_id), by=by, at=at)
    key = export_key(person_id, at.date())
    outbox.add_job(session, EXPORT_JOB, {"person_id": str(person_id)}, dedupe_key=key, at=at)


def archive_of(session: Session, person_id: UUID, *, read: _ReadBytes, at: datetime) -> bytes:
    """Return the archive's bytes; ``read`` returns the bytes of a stored file by its key."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        tables = dict(queries.rows_about(session, queries.identity_of(session, person_id)))
        for name, rows in tables.items():
            archive.writestr(f"{name}.json", json.dumps(rows, ensure_ascii=False, indent=1, default=_plain))
        for file in queries.files_of(session, person_id):
            archive.writestr(f"files/{file.id}/{file.name}", read(file.storage_key))
        counts = {"made_at": at, "person": person_id, "rows": {name: len(rows) for name, rows in tables.items()}}
        archive.writestr("about.json", json.dumps(counts, ensure_ascii=False, indent=1, default=_plain))
    return packed.getvalue()


def keep_archive(session: Session, person_id: UUID, *, body: bytes, storage_key: str, at: datetime) -> StoredFile:
    """Keep an archive that lies on the store as the person's own, and have it dropped after a week."""
    checked = CheckedFile(f"plainport-{at.date()}.zip", queries.ARCHIVE, body)
    file = receive(session, checked, storage_key=storage_key, owner=Owner(person_id, None), at=at)
    outbox.add_job(session, DROP_JOB, {"file_id": str(file.id)}, dedupe_key=f"{DROP_JOB}:{file.id}", at=at + _KEPT)
    return file


def drop_archive(session: Session, file_id: UUID, *, at: datetime) -> str:
    """Let go of an archive; returns the key of its bytes, which are to be removed from the store."""
    file = session.get_one(StoredFile, file_id)
    file.erased_at = file.erased_at or at
    return file.storage_key


def _plain(value: object) -> str:
    """Return what JSON can't hold as it would be written by hand; encrypted bytes are of no use and left out."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return ""
    return str(value.value) if isinstance(value, Enum) else str(value)
