"""What notices do because of the time alone: going out at their moment, leaving when nobody needs them any more."""

from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.accounts.models import Agent
from portal.notices import messages
from portal.notices.models import IN_FORCE, Notice, NoticeRevision, NoticeState, RevisionState
from portal.notices.permissions import NoticeRuleError
from portal.notices.services.publishing import next_due, put_out
from portal.outbox.services import queue_all


def publish_due(session: Session, *, at: datetime, today: date) -> bool:
    """Publish the notice whose moment came first; returns whether there was one, so that the next comes at once.

    One that is not fit to go out any more stays approved, and those who had a hand in it are told.
    """
    found = next_due(session, at=at)
    if found is None:
        return False
    notice, revision = found
    notice.version += 1
    try:
        put_out(session, notice, revision, at=at, today=today)
    except NoticeRuleError:
        _hold_back(session, notice, revision, at=at)
    return True


def _hold_back(session: Session, notice: Notice, revision: NoticeRevision, *, at: datetime) -> None:
    owner = session.execute(select(Agent.person_id).where(Agent.id == notice.owner_id)).scalar()
    told = {each for each in (owner, revision.approved_by, revision.created_by) if each}
    queue_all(session, [messages.held_back(notice, revision, each) for each in sorted(told, key=str)], at=at)
    revision.state, revision.publish_at = RevisionState.APPROVED, None


def archive_expired(session: Session, *, today: date) -> None:
    """Take what has expired out of use; where a next revision is on its way, that may still extend it."""
    is_being_revised = (
        select(NoticeRevision.id)
        .where(NoticeRevision.notice_id == Notice.id, NoticeRevision.published_at.is_(None))
        .exists()
    )
    session.execute(
        update(Notice)
        .where(Notice.state.in_(IN_FORCE), Notice.expires_on < today, ~is_being_revised)
        .values(state=NoticeState.ARCHIVED, version=Notice.version + 1)
        .execution_options(synchronize_session=False)
    )
