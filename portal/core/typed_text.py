"""What people typed: kept by reference, hashed, erasable."""

import hashlib
from uuid import UUID

from sqlalchemy.orm import Session

from portal.core.models import TypedText


def keep(session: Session, body: str, *, person_id: UUID | None) -> TypedText:
    """Keep a text that somebody typed; events and snapshots refer to it."""
    text = TypedText(person_id=person_id, body=body, sha256=hashlib.sha256(body.encode("utf-8")).hexdigest())
    session.add(text)
    session.flush()
    return text
