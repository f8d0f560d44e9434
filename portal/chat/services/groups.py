"""Connecting groups, disconnecting them, and having them told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.chat import messages, queries
from portal.chat.models import ChatGroup, ChatService
from portal.chat.permissions import MOST_GROUPS, ChatError
from portal.core.actor import Actor
from portal.core.audit import note_audit
from portal.core.db import new_id
from portal.outbox import services as outbox
from portal.outbox.messages import Message
from portal.outbox.sealing import seal


@dataclass(frozen=True, slots=True)
class Robot:
    """A group's robot as somebody typed it in."""

    service: ChatService
    address: str
    secret: str
    locale: str


def connect(
    session: Session, organisation_id: UUID, *, robot: Robot, by: Actor, at: datetime, secret_key: str
) -> ChatGroup:
    """Connect a group; its address must have been checked with ``require_robot``."""
    if len(queries.groups_of(session, organisation_id)) >= MOST_GROUPS:
        raise ChatError("too-many")
    row = ChatGroup(
        organisation_id=organisation_id,
        service=robot.service,
        sealed_address=seal(robot.address, secret_key),
        sealed_secret=seal(robot.secret, secret_key) if robot.secret else None,
        locale=robot.locale,
        added_by=by.person_id,
        added_at=at,
    )
    session.add(row)
    session.flush()
    note_audit(session, "connect-chat", subject=row, by=by, at=at, service=robot.service.value)
    return row


def disconnect(session: Session, group: ChatGroup, *, by: Actor, at: datetime) -> None:
    """Stop telling a group; what waits for it is dropped, and its address forgotten."""
    group.ended_at, group.sealed_address, group.sealed_secret = at, b"", None
    note_audit(session, "disconnect-chat", subject=group, by=by, at=at)


def announce(session: Session, organisation_id: UUID | None, *, about: str, subject_id: UUID, at: datetime) -> None:
    """Have the groups of an organisation told about something, in the transaction that does it."""
    outbox.queue_all(session, news_for(session, organisation_id, about=about, subject_id=subject_id), at=at)


def announce_to_all(
    session: Session, organisation_ids: Collection[UUID], *, about: str, subject_id: UUID, at: datetime
) -> None:
    """Have the groups of very many organisations told about something, in two statements."""
    connected = session.execute(
        select(ChatGroup.id, ChatGroup.organisation_id).where(ChatGroup.ended_at.is_(None)).order_by(ChatGroup.id)
    )
    meant = set(organisation_ids)
    told = [messages.news(row.id, about, subject_id) for row in connected if row.organisation_id in meant]
    outbox.queue_all(session, told, at=at)


def news_for(session: Session, organisation_id: UUID | None, *, about: str, subject_id: UUID) -> list[Message]:
    """Return what the groups of an organisation are to be told about something."""
    if organisation_id is None:
        return []
    connected = (ChatGroup.organisation_id == organisation_id, ChatGroup.ended_at.is_(None))
    ids = session.scalars(select(ChatGroup.id).where(*connected)).all()
    return [messages.news(each, about, subject_id) for each in ids]


def try_out(session: Session, group: ChatGroup, *, at: datetime) -> None:
    """Send a group a first message, so that everybody sees that it works."""
    outbox.queue(session, messages.news(group.id, messages.TRIED, new_id()), at=at)
