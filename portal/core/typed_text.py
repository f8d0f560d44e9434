"""What people typed: kept by reference, hashed, erasable."""

import hashlib
from uuid import UUID

from sqlalchemy.orm import Session

from portal.core.db import new_id
from portal.core.models import TypedText


def typed(body: str, *, person_id: UUID | None) -> TypedText:
    """Return a text that somebody typed, to be kept together with what refers to it."""
    digest = hashlib.sha256(body.encode("utf-8")).hexdigest()
    return TypedText(id=new_id(), person_id=person_id, body=body, sha256=digest)


def keep(session: Session, body: str, *, person_id: UUID | None) -> TypedText:
    """Keep a text that somebody typed; events and snapshots refer to it."""
    text = typed(body, person_id=person_id)
    session.add(text)
    session.flush()
    return text
