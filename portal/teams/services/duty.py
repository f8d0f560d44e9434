"""Turns of duty: planned ahead, or handed over now."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.core import typed_text
from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.teams.models import DutyTurn

FURTHEST = timedelta(days=366)


class DutyError(DomainError):
    """A turn that can't be planned: in the ``past``, too ``far`` ahead; or one that has ``begun`` already."""


def plan_turn(
    session: Session, *, agent_id: UUID, from_at: datetime | None, note: str, by: Actor, at: datetime
) -> DutyTurn:
    """Let somebody be on duty from a moment, or from now, until the next turn begins."""
    begins = from_at or at
    if begins < at:
        raise DutyError("past")
    if begins > at + FURTHEST:
        raise DutyError("far")
    text = typed_text.keep(session, note, person_id=by.person_id) if note else None
    turn = DutyTurn(
        agent_id=agent_id, from_at=begins, note_id=text.id if text else None, made_by=by.person_id, made_at=at
    )
    session.add(turn)
    return turn


def take_back_turn(session: Session, turn_id: UUID, *, at: datetime) -> bool:
    """Take back a turn that has not begun; False where there is none, and what has begun stays on record."""
    turn = session.get(DutyTurn, turn_id)
    if turn is None:
        return False
    if turn.from_at <= at:
        raise DutyError("begun")
    session.execute(delete(DutyTurn).where(DutyTurn.id == turn_id))
    return True
