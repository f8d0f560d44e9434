"""An incident is over: nobody is told of it any more, and nothing more is joined to it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.incidents.models import Surge
from portal.incidents.queries.board import IS_OVER, is_declared
from portal.notices.models import Notice


def end_for(session: Session, notice_id: UUID, *, at: datetime) -> None:
    """Say that all that was declared to be one incident is over."""
    session.execute(update(Surge).where(Surge.notice_id == notice_id, Surge.ended_at.is_(None)).values(ended_at=at))


def end_with_notices(session: Session, *, at: datetime) -> None:
    """Say so of every incident whose notice says that it is solved, or was taken back."""
    is_over = Surge.notice_id.in_(select(Notice.id).where(Notice.state.in_(IS_OVER)))
    session.execute(update(Surge).where(is_declared(), is_over).values(ended_at=at))
