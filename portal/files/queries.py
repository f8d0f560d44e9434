"""Reads about stored files; whoever asks has already been let in to what the file belongs to."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.files.models import StoredFile


def stored_file(session: Session, file_id: UUID) -> StoredFile | None:
    """Return a file that was not erased."""
    return session.execute(
        select(StoredFile).where(StoredFile.id == file_id, StoredFile.erased_at.is_(None))
    ).scalar_one_or_none()
