"""Keeping the rows of files that were checked and stored."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from portal.files.checks import CheckedFile
from portal.files.models import StoredFile


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose file it is."""

    person_id: UUID | None
    organisation_id: UUID | None


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file that we made and that lies on the store; it may be larger than what fits into memory."""

    name: str
    media_type: str
    size: int
    sha256: str
    is_inline: bool = False


def made_file(name: str, media_type: str, path: Path) -> MadeFile:
    """Return what is to be kept of a file that we made."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return MadeFile(name, media_type, path.stat().st_size, digest)


def receive(
    session: Session, checked: CheckedFile | MadeFile, *, storage_key: str, owner: Owner, at: datetime
) -> StoredFile:
    """Keep the row of a file that lies on the store already; its feature says to what it belongs."""
    row = StoredFile(
        organisation_id=owner.organisation_id,
        person_id=owner.person_id,
        name=checked.name,
        media_type=checked.media_type,
        size=checked.size,
        sha256=checked.sha256,
        storage_key=storage_key,
        is_inline=checked.is_inline,
        created_at=at,
    )
    session.add(row)
    session.flush()
    return row
