"""The audit log: who changed who may see or do what."""

from collections.abc import Collection, Mapping
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


def what_changed(
    was: Mapping[str, object], now: Mapping[str, object], *, unquoted: Collection[str] = ()
) -> dict[str, object]:
    """Return the facts of a change: from what to what; what says who somebody is, is named and never quoted.

    The log outlives a person who is erased, so nothing in it may tell who they were.
    """
    different = sorted(name for name in now if was.get(name) != now[name])
    changes = {name: [was.get(name), now[name]] for name in different if name not in unquoted}
    fields = [name for name in different if name in unquoted]
    return {**({"changes": changes} if changes else {}), **({"fields": fields} if fields else {})}
