"""Doing what a form asks once, however often it is sent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.models import IdempotencyKey


def earlier_result(session: Session, key: str, *, purpose: str, person_id: UUID | None) -> Mapping[str, Any] | None:
    """Return what came of the same form before; call it inside the writing transaction."""
    return session.execute(
        select(IdempotencyKey.result).where(
            IdempotencyKey.key == key, IdempotencyKey.purpose == purpose, IdempotencyKey.person_id == person_id
        )
    ).scalar()


def remember(
    session: Session, key: str, *, purpose: str, person_id: UUID | None, result: dict[str, Any], at: datetime
) -> None:
    """Keep what came of a form in the transaction that did it."""
    session.add(IdempotencyKey(key=key, purpose=purpose, person_id=person_id, result=result, at=at))
