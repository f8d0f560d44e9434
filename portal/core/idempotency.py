"""Doing what a form asks once, however often it is sent."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core.models import IdempotencyKey


def earlier_result(session: Session, key: str, *, purpose: str, person_id: UUID | None) -> Mapping[str, Any] | None:
    """Return what came of the same form before; call it inside the writing transaction, which then takes its turn."""
    own = _own(key, purpose, person_id)
    if session.get_bind().dialect.name == "postgresql":  # SQLite's writers wait for each other anyway
        session.execute(select(func.pg_advisory_xact_lock(int(own[:15], 16))))
    return session.execute(
        select(IdempotencyKey.result).where(
            IdempotencyKey.key == own,
            IdempotencyKey.purpose == purpose,
            IdempotencyKey.person_id == person_id,
        )
    ).scalar()


def remember(
    session: Session, key: str, *, purpose: str, person_id: UUID | None, result: dict[str, Any], at: datetime
) -> None:
    """Keep what came of a form in the transaction that did it."""
    session.add(
        IdempotencyKey(key=_own(key, purpose, person_id), purpose=purpose, person_id=person_id, result=result, at=at)
    )


def _own(key: str, purpose: str, person_id: UUID | None) -> str:
    """Return the key as it is kept: a browser may send any, and nobody's may stand in the way of another's."""
    return hashlib.sha256(f"{purpose} {person_id} {key}".encode("utf-8", "replace")).hexdigest()
