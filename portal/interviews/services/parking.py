"""Forms that came when the sign-in had run out: parked for a day, and put back after signing in."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from portal.interviews.models import ParkedForm
from portal.outbox.sealing import SealBrokenError, seal, unseal

KEPT = timedelta(days=1)
TypedForm = Mapping[str, Sequence[str]]


def park(session: Session, typed: TypedForm, *, interview_id: UUID, page: str, secret_key: str, at: datetime) -> str:
    """Keep what was typed, which must be masked already, and return the token that gives it back."""
    session.execute(delete(ParkedForm).where(ParkedForm.expires_at <= at))
    token = new_token()
    body = json.dumps({name: list(values) for name, values in typed.items()})
    session.execute(
        insert(ParkedForm).values(
            token_sha256=_hash(token),
            interview_id=interview_id,
            page=page,
            body=seal(body, secret_key),
            expires_at=at + KEPT,
        )
    )
    return token


def new_token() -> str:
    """Return a token that nobody can guess."""
    return secrets.token_urlsafe(24)


def open_parked(
    session: Session, token: str, *, interview_id: UUID, page: str, secret_key: str, at: datetime
) -> dict[str, list[str]] | None:
    """Return what was parked on a page of an interview, or None; a reload within the day shows it again."""
    body = session.execute(
        select(ParkedForm.body).where(
            ParkedForm.token_sha256 == _hash(token),
            ParkedForm.interview_id == interview_id,
            ParkedForm.page == page,
            ParkedForm.expires_at > at,
        )
    ).scalar()
    if body is None:
        return None
    try:
        typed = json.loads(unseal(body, secret_key))
    except SealBrokenError:  # the portal's key was changed since
        return None
    return {str(name): [str(value) for value in values] for name, values in typed.items()}


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
