"""When something was last done that isn't done every minute."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from portal.board.models import BoardCursor

_MILLISECOND = 80
"""Where an id keeps the millisecond of its making; the time stands there, as in the ids of the other places."""


def last_done(session: Session, name: str) -> datetime | None:
    """Return when something was last done; None where it never was."""
    row = session.get(BoardCursor, name)
    return None if row is None else datetime.fromtimestamp((row.place.int >> _MILLISECOND) / 1000, UTC)


def note_done(session: Session, name: str, *, at: datetime) -> None:
    """Keep when something was done."""
    session.merge(BoardCursor(name=name, place=UUID(int=int(at.timestamp() * 1000) << _MILLISECOND)))


def is_due(session: Session, name: str, *, every: timedelta, at: datetime) -> bool:
    """Whether so long has passed since something was done; a clock that was set back doesn't stop it."""
    last = last_done(session, name)
    return last is None or not timedelta() <= at - last < every
