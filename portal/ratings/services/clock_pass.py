"""What is due by time alone: one reminder to rate, and each morning's digest."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Person
from portal.outbox import services as outbox
from portal.outbox.messages import Message
from portal.outbox.models import OutboxMessage
from portal.ratings import messages
from portal.ratings.queries import unrated

REMIND_AFTER = timedelta(days=3)
_MORNING = 8
_STRETCH = timedelta(days=1)
"""A worker that was down for less than this forgets no reminder; older ones are no longer worth a mail."""


def send_reminders(session: Session, *, at: datetime) -> int:
    """Ask once more, three days after a ticket was solved, where nobody has said how it was."""
    until = at - REMIND_AFTER
    found = unrated(session, after=until - _STRETCH, until=until)
    keyed = {messages.reminder_key(ticket): messages.reminder(ticket, person) for ticket, person in found}
    return _queue_new(session, keyed, at=at)


def send_digests(session: Session, *, at: datetime, time_zone: str) -> int:
    """Tell everybody in support once a day, from eight in the morning, whom to call."""
    here = at.astimezone(ZoneInfo(time_zone))
    if here.hour < _MORNING:
        return 0
    keyed = {messages.digest_key(each, here.date()): messages.digest(each, here.date()) for each in _support(session)}
    return _queue_new(session, keyed, at=at)


def _support(session: Session) -> list[UUID]:
    return list(session.scalars(select(Person.id).join(Agent, Agent.person_id == Person.id).where(Person.active)))


def _queue_new(session: Session, keyed: Mapping[str, Message], *, at: datetime) -> int:
    if not keyed:
        return 0
    known = session.scalars(select(OutboxMessage.dedupe_key).where(OutboxMessage.dedupe_key.in_(list(keyed)))).all()
    new = [message for key, message in keyed.items() if key not in set(known)]
    outbox.queue_all(session, new, at=at)
    return len(new)
