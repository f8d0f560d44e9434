"""Reads for a notice's way out: who could look at it, and how far its mails are."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Person
from portal.notices import messages
from portal.notices.models import Notice, NoticeRevision
from portal.outbox.queries import Progress, progress

MOST = 500
"""Colleagues to choose from."""


def agents(session: Session) -> list[tuple[UUID, str]]:
    """Return everyone who works in support, by name."""
    rows = session.execute(
        select(Agent.id, Person.name)
        .join(Person, Person.id == Agent.person_id)
        .where(Person.active)
        .order_by(Person.name, Agent.id)
        .limit(MOST)
    )
    return [(row.id, row.name) for row in rows]


def reviewers(session: Session, revision: NoticeRevision) -> list[tuple[UUID, str]]:
    """Return the agents who had no hand in a revision, by name."""
    authors = [UUID(each) for each in revision.authors]
    wrote = set(session.execute(select(Agent.id).where(Agent.person_id.in_(authors))).scalars())
    return [each for each in agents(session) if each[0] not in wrote]


def mails(session: Session, notice: Notice, revision: NoticeRevision) -> Progress | None:
    """Return how far the mails of a revision are; None where it tells nobody, or hasn't gone out."""
    if revision.published_at is None or not revision.is_material:
        return None
    return progress(session, messages.PUBLISHED, notice.id, since=revision.published_at)
