"""Changes to people and their sessions."""

import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.accounts.models import SignInSession
from portal.accounts.queries import token_hash


def start_session(session: Session, *, person_id: UUID, browser: str, at: datetime) -> str:
    """Sign a person in and return the token their browser keeps."""
    token = secrets.token_urlsafe(32)
    session.add(
        SignInSession(person_id=person_id, token_sha256=token_hash(token), browser=browser[:200], started_at=at)
    )
    return token
