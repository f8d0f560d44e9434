"""Telling people of a notice: everyone it concerns, in one statement; and whoever was, once it is taken back."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.chat import services as chat
from portal.notices import messages
from portal.notices.models import Notice, NoticeRevision
from portal.notices.queries.reach import organisations_reached, people_at
from portal.outbox.models import OutboxMessage
from portal.outbox.services import queue_for_all


def tell_everyone(session: Session, notice: Notice, revision: NoticeRevision, *, at: datetime) -> None:
    """Have everyone told whom a revision concerns, and the chat groups of their organisations."""
    reached = [each.organisation_id for each in organisations_reached(session, revision)]
    queue_for_all(session, messages.published(notice, revision), people_at(session, reached), at=at)
    chat.announce_to_all(session, reached, about=messages.PUBLISHED, subject_id=revision.id, at=at)


def tell_of_withdrawal(session: Session, notice: Notice, *, at: datetime) -> None:
    """Tell whoever was told of a notice that it is taken back; mails that still wait will be dropped."""
    was_told = (
        OutboxMessage.kind == messages.PUBLISHED,
        OutboxMessage.subject_id == notice.id,
        OutboxMessage.delivered_at.is_not(None),
        ~OutboxMessage.was_dropped,
    )
    people = select(Person.id).where(Person.active, Person.id.in_(select(OutboxMessage.person_id).where(*was_told)))
    queue_for_all(session, messages.withdrawn(notice), people, at=at)
