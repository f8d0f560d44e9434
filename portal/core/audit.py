"""The audit log: who changed who may see or do what."""

from datetime import datetime

from sqlalchemy.orm import Session, object_mapper

from portal.core.actor import Actor
from portal.core.db import Base
from portal.core.models import AuditEntry


def note_audit(session: Session, action: str, *, subject: Base, by: Actor, at: datetime, **facts: object) -> None:
    """Append who did what to a row, in the transaction that does it."""
    session.add(
        AuditEntry(
            at=at,
            person_id=by.person_id,
            action=action,
            subject_kind=subject.__tablename__,
            subject_id=str(object_mapper(subject).primary_key_from_instance(subject)[0]),
            facts=facts,
        )
    )
