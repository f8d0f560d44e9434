"""Reads about chat groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Organisation
from portal.accounts.queries import organisations_visible_to
from portal.chat.models import ChatGroup
from portal.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Destination:
    """A group that is still connected, and where its organisation is."""

    group: ChatGroup
    time_zone: str


def groups_of(session: Session, organisation_id: UUID) -> Sequence[ChatGroup]:
    """Return the groups that an organisation has connected, in the order of connecting."""
    connected = (ChatGroup.organisation_id == organisation_id, ChatGroup.ended_at.is_(None))
    return session.scalars(select(ChatGroup).where(*connected).order_by(ChatGroup.added_at, ChatGroup.id)).all()


def organisation_for(session: Session, actor: Actor, organisation_id: UUID) -> Organisation | None:
    """Return an organisation that somebody sees."""
    return session.scalars(organisations_visible_to(actor).where(Organisation.id == organisation_id)).first()


def destination(session: Session, group_id: UUID) -> Destination | None:
    """Return where to send; None where the group was disconnected meanwhile."""
    row = session.execute(
        select(ChatGroup, Organisation.time_zone)
        .join(Organisation, Organisation.id == ChatGroup.organisation_id)
        .where(ChatGroup.id == group_id, ChatGroup.ended_at.is_(None))
    ).first()
    return Destination(*row) if row else None
