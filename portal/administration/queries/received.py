"""Lists that were sent in, and the rows of them that can't be taken."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.administration.models import ListImport, RefusedRow

MOST_SHOWN = 100


def recent_imports(session: Session) -> Sequence[ListImport]:
    """Return the lists that were sent in last."""
    return session.scalars(select(ListImport).order_by(ListImport.sent_at.desc(), ListImport.id.desc()).limit(20)).all()


def import_of(session: Session, import_id: UUID) -> ListImport | None:
    """Return a list that was sent in."""
    return session.get(ListImport, import_id)


def refused_rows(session: Session, import_id: UUID, *, after: int = 0) -> Sequence[RefusedRow]:
    """Return the rows that can't be taken, in their order, one more than a page has where there are more."""
    rows = select(RefusedRow).where(RefusedRow.import_id == import_id, RefusedRow.row > after)
    return session.scalars(rows.order_by(RefusedRow.row).limit(MOST_SHOWN + 1)).all()
