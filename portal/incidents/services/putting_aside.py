"""A person says that a surge is none: it leaves the desk, and comes up again only by the rule."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import typed_text
from portal.core.actor import Actor
from portal.core.audit import note_audit
from portal.core.errors import DomainError
from portal.incidents.models import Surge, SurgeAside


class AsideError(DomainError):
    """A surge that can't be put aside: it is ``declared`` and not over, or ``quiet``; or a reason is ``missing``."""


def put_aside(session: Session, surge: Surge, *, reason: str, by: Actor, at: datetime) -> bool:
    """Put a surge that is held aside, and return whether that was new: who comes second changes nothing.

    The rule goes on counting. While it still calls the key suspected nothing is raised anew; once it was quiet and
    becomes many again, that is another surge, which nobody has put aside.
    """
    if not reason.strip():
        raise AsideError("missing")
    if aside_of(session, surge) is not None:
        return False
    if surge.notice_id is not None and surge.ended_at is None:
        raise AsideError("declared")
    if surge.quiet_at is not None:
        raise AsideError("quiet")
    text = typed_text.keep(session, reason, person_id=by.person_id)
    session.add(SurgeAside(surge_id=surge.id, text_id=text.id, person_id=by.person_id, at=at))
    note_audit(session, "put-surge-aside", subject=surge, by=by, at=at)
    session.flush()
    return True


def take_back(session: Session, surge: Surge, *, by: Actor, at: datetime) -> bool:
    """Say that a surge that is held may be one after all, and return whether that was new."""
    aside = aside_of(session, surge)
    if aside is None:
        return False
    aside.taken_back_by, aside.taken_back_at = by.person_id, at
    note_audit(session, "take-surge-back", subject=surge, by=by, at=at)
    session.flush()
    return True


def aside_of(session: Session, surge: Surge) -> SurgeAside | None:
    """Return what was said when a surge was put aside; None where it stands on the desk."""
    found = select(SurgeAside).where(SurgeAside.surge_id == surge.id, SurgeAside.taken_back_at.is_(None))
    return session.scalars(found).one_or_none()
