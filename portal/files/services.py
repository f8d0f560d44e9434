"""Keeping the rows of files that were checked and stored."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.files.checks import CheckedFile
from portal.files.models import StoredFile


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose file it is."""

    person_id: UUID | None
    organisation_id: UUID | None


def receive(session: Session, checked: CheckedFile, *, storage_key: str, owner: Owner, at: datetime) -> StoredFile:
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
