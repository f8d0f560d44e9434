"""Views of the queue that agents keep."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal.core.errors import DomainError
from portal.desk.models import SavedFilter

MOST_FILTERS = 20
"""Of one agent; more than that is a list that nobody reads."""


class FilterError(DomainError):
    """A view that can't be kept: there are ``too-many`` already."""


def keep_filter(session: Session, *, person_id: UUID, name: str, asked: str, at: datetime) -> SavedFilter:
    """Keep what an agent asks of the queue under a name; the same name again means the new view."""
    own = select(SavedFilter).where(SavedFilter.person_id == person_id)
    found = session.scalars(own.where(SavedFilter.name == name)).one_or_none()
    if found is None and session.execute(select(func.count()).select_from(own.subquery())).scalar_one() >= MOST_FILTERS:
        raise FilterError("too-many")
    kept = found or SavedFilter(person_id=person_id, name=name)
    kept.asked, kept.saved_at = asked, at
    session.add(kept)
    return kept


def forget_filter(session: Session, filter_id: UUID, *, person_id: UUID) -> None:
    """Forget a view of one's own."""
    session.execute(delete(SavedFilter).where(SavedFilter.id == filter_id, SavedFilter.person_id == person_id))
