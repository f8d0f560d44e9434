"""Everything that one ticket's page shows."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.tickets.models import EventKind, Outcome
from portal.tickets.permissions import Action, allowed_actions
from portal.tickets.queries.heads import HEADS, Head, head_of
from portal.tickets.queries.status import Status, status_of
from portal.tickets.queries.tables import attachment, contact, participant, person, snapshot, ticket, typed_text
from portal.tickets.queries.timeline import Entry, Promised, entries_of, promises_of
from portal.tickets.queries.visibility import visible_to


@dataclass(frozen=True, slots=True)
class SnapshotShown:
    """The latest revision of the structured problem."""

    revision: int
    schema: str
    document: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class Share:
    """A colleague who was let in."""

    contact_id: UUID
    name: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class TicketPage:
    """A ticket as somebody sees it."""

    ticket: Head
    status: Status
    actions: frozenset[Action]
    entries: Sequence[Entry]
    """The newest first."""
    promises: Sequence[Promised]
    """In the order of their times."""
    snapshot: SnapshotShown | None
    shares: Sequence[Share]

    @property
    def kept(self) -> int:
        """How many promises were kept."""
        return sum(each.outcome == Outcome.KEPT for each in self.promises)

    @property
    def missed(self) -> int:
        """How many promises were missed."""
        return sum(each.outcome == Outcome.MISSED for each in self.promises)

    @property
    def resolution(self) -> Entry | None:
        """The latest resolution, once there is one."""
        return next((each for each in self.entries if each.kind is EventKind.RESOLVED), None)


_SNAPSHOT = (
    select(snapshot.c.revision, snapshot.c.schema, snapshot.c.at, typed_text.c.body)
    .join(typed_text, typed_text.c.id == snapshot.c.document_id)
    .where(snapshot.c.ticket_id == bindparam("ticket_id"))
    .order_by(snapshot.c.revision.desc())
    .limit(1)
)
_SHARES = (
    select(participant.c.contact_id, person.c.name, participant.c.revoked_at)
    .join(contact, contact.c.id == participant.c.contact_id)
    .join(person, person.c.id == contact.c.person_id)
    .where(participant.c.ticket_id == bindparam("ticket_id"))
    .order_by(participant.c.granted_at, participant.c.id)
)


def ticket_head(session: Session, reference: str, actor: Actor) -> Head | None:
    """Return a ticket's facts; None if it isn't there or isn't theirs."""
    row = session.execute(HEADS.where(ticket.c.reference == reference, visible_to(actor))).first()
    return head_of(row) if row else None


def ticket_page(session: Session, reference: str, actor: Actor, *, at: datetime) -> TicketPage | None:
    """Return a ticket as somebody sees it now; None if it isn't there or isn't theirs."""
    head = ticket_head(session, reference, actor)
    if head is None:
        return None
    promises = promises_of(session, head.id)
    return TicketPage(
        ticket=head,
        status=status_of(head),
        actions=allowed_actions(head, actor, at=at),
        entries=entries_of(session, head.id, promises, actor),
        promises=promises,
        snapshot=_latest_snapshot(session, head.id),
        shares=_shares(session, head.id),
    )


def latest_seq(session: Session, reference: str, actor: Actor) -> int | None:
    """Return the number of the last event that somebody sees; None if the ticket isn't there or isn't theirs."""
    column = ticket.c.last_seq if actor.is_agent else ticket.c.public_seq
    return session.execute(select(column).where(ticket.c.reference == reference, visible_to(actor))).scalar()


def file_on_ticket(session: Session, reference: str, file_id: UUID, actor: Actor) -> UUID | None:
    """Return a file of a ticket that somebody may have; None otherwise, whatever the reason."""
    mine = (
        select(attachment.c.file_id)
        .join(ticket, ticket.c.id == attachment.c.ticket_id)
        .where(ticket.c.reference == reference, attachment.c.file_id == file_id, visible_to(actor))
    )
    if not actor.is_agent:
        mine = mine.where(attachment.c.audience == "customer")
    return session.execute(mine).scalar()


def _latest_snapshot(session: Session, ticket_id: UUID) -> SnapshotShown | None:
    row = session.execute(_SNAPSHOT, {"ticket_id": ticket_id}).first()
    return SnapshotShown(row.revision, row.schema, json.loads(row.body), row.at) if row else None


def _shares(session: Session, ticket_id: UUID) -> list[Share]:
    rows = session.execute(_SHARES, {"ticket_id": ticket_id})
    return [Share(row.contact_id, row.name, is_open=row.revoked_at is None) for row in rows]
