"""Whom somebody has let in on their tickets: every open share at once, so that each can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.tickets.queries.tables import contact, contact_person, participant, ticket, typed_text
from portal.tickets.queries.visibility import visible_to


@dataclass(frozen=True, slots=True)
class OpenShare:
    """A colleague who can see a ticket because they were let in."""

    id: UUID
    reference: str
    title: str
    contact_id: UUID
    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class OpenShares:
    """Some open shares, and after which the next ones follow."""

    rows: Sequence[OpenShare]
    next: UUID | None


def open_shares(session: Session, actor: Actor, *, after: UUID | None = None, limit: int = 50) -> OpenShares:
    """Return the open shares that somebody may take back, the latest first."""
    rows = session.execute(
        select(
            participant.c.id,
            ticket.c.reference,
            typed_text.c.body.label("title"),
            participant.c.contact_id,
            contact_person.c.name,
            participant.c.granted_at.label("since"),
        )
        .join(ticket, ticket.c.id == participant.c.ticket_id)
        .join(typed_text, typed_text.c.id == ticket.c.title_id)
        .join(contact, contact.c.id == participant.c.contact_id)
        .join(contact_person, contact_person.c.id == contact.c.person_id)
        .where(participant.c.revoked_at.is_(None), visible_to(actor), _decided_by(actor))
        .where(participant.c.id < after if after else true())
        .order_by(participant.c.id.desc())
        .limit(limit + 1)
    )
    found = [OpenShare(**row._mapping) for row in rows]  # noqa: SLF001 (SQLAlchemy's public name for it)
    return OpenShares(found[:limit], found[limit - 1].id if len(found) > limit else None)


def _decided_by(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a ticket is shared by its owner, or by the organisation's manager."""
    return true() if actor.is_manager else ticket.c.contact_id == actor.contact_id
