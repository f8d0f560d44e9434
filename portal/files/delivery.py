"""Taking files in from a form and sending them out again; the permission check comes before."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from flask import abort, send_file
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from portal.files.checks import ACCEPTED, MAX_BYTES, MEGABYTE, CheckedFile, FileProblem, inspect
from portal.files.models import StoredFile
from portal.files.names import clean_name
from portal.files.services import Owner, receive
from portal.files.storage import FolderStorage
from portal.ui import languages

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_log = logging.getLogger(__name__)
UPLOAD_LIMIT = 65 * MEGABYTE
MOST_FILES = 10
"""How many files come along with one message."""


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file that was checked and lies on the store."""

    checked: CheckedFile
    storage_key: str


def storage() -> FolderStorage:
    """Return the store of the running portal."""
    return FolderStorage(Path(languages.settings().files_folder).absolute())


def check(upload: FileStorage, *, accept: tuple[str, ...], max_bytes: int) -> CheckedFile | FileProblem:
    """Check one file of a form."""
    return inspect(upload.stream, upload.filename or "", accept=accept, max_bytes=max_bytes)


def check_all(
    uploads: Sequence[FileStorage], *, accept: tuple[str, ...] = ACCEPTED, max_bytes: int = MAX_BYTES
) -> list[CheckedFile | FileProblem]:
    """Check the files of a form; only so many, because each keeps a process busy, and none is left out unsaid."""
    sent = [each for each in uploads if each.filename]
    checked = [check(each, accept=accept, max_bytes=max_bytes) for each in sent[:MOST_FILES]]
    left = [
        FileProblem("too-many", clean_name(each.filename or ""), {"most": MOST_FILES}) for each in sent[MOST_FILES:]
    ]
    return [*checked, *left]


def take(uploads: Sequence[FileStorage]) -> tuple[list[Uploaded], list[FileProblem]]:
    """Check the files of a message and lay the good ones on the store; slow, so before the transaction."""
    files: list[Uploaded] = []
    problems: list[FileProblem] = []
    for checked in check_all(uploads):
        if isinstance(checked, FileProblem):
            problems.append(checked)
        else:
            files.append(Uploaded(checked, storage().put(checked.body)))
    return files, problems


def keep(session: "Session", files: Sequence[Uploaded], *, owner: Owner, at: datetime) -> list[UUID]:
    """Keep the rows of files that were taken, in the transaction of what they came with."""
    return [receive(session, each.checked, storage_key=each.storage_key, owner=owner, at=at).id for each in files]


def send(file: StoredFile) -> Response:
    """Send a stored file: to be saved, unless it is an image that we encoded ourselves; 404 for one that is gone."""
    path = storage().path_of(file.storage_key)
    if not path.is_file():
        _log.error("a file that the database knows is not on the store: %s", file.id)
        abort(404)
    response = send_file(
        path,
        mimetype=file.media_type,
        as_attachment=not file.is_inline,
        download_name=file.name,
        etag=file.sha256,
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
