"""Reading a notice for changing it, once nobody else has changed it and the table of guards allows it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.errors import StaleError
from portal.notices.models import Notice, NoticeRevision
from portal.notices.permissions import Action, NoticeRuleError, require
from portal.notices.queries.visibility import visible_to
from portal.notices.queries.workbench import standing, working_revision


def loaded(session: Session, code: str, *, by: Actor, version: int | None = None) -> Notice:
    """Return a notice to change; raises StaleError where somebody else changed it first."""
    notice = session.execute(
        select(Notice).where(Notice.code == code, visible_to(by)).with_for_update()
    ).scalar_one_or_none()
    if notice is None:
        raise NoticeRuleError("not-there")
    if version is not None and notice.version != version:
        raise StaleError("changed-meanwhile")
    return notice


def begin(session: Session, notice: Notice, action: Action, *, by: Actor) -> NoticeRevision:
    """Return the revision that an action is about, once the table of guards allows the action."""
    revision = working_revision(session, notice)
    require(action, standing(notice, revision), by=by)
    notice.version += 1
    return revision
