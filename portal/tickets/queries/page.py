"""Everything that one ticket's page shows."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.db import READERS_KEPT
from portal.tickets.models import EventKind, Outcome
from portal.tickets.permissions import Action, allowed_actions
from portal.tickets.queries.drafts import Begun, begun_of, with_begun
from portal.tickets.queries.heads import HEADS, Head, head_of
from portal.tickets.queries.running import Running, running_of, with_running
from portal.tickets.queries.status import Status, status_of
from portal.tickets.queries.tables import attachment, contact, participant, person, snapshot, ticket, typed_text
from portal.tickets.queries.timeline import Entry, Promised, promises_of, timeline_of
from portal.tickets.queries.visibility import visible_to

MOST_COLLEAGUES = 500
MARKS = 14
"""How many promises the ledger draws; the sentence counts them all."""


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
    earlier: int | None
    """Where the timeline goes on, if there is more of it."""
    promises: Sequence[Promised]
    """In the order of their times."""
    snapshot: SnapshotShown | None
    shares: Sequence[Share]
    begun: Begun | None
    """What they have begun to write."""
    runs: Sequence[Running]
    """Where the product runs that it is about; only support is told."""

    @property
    def kept(self) -> int:
        """How many promises were kept."""
        return sum(each.outcome == Outcome.KEPT for each in self.promises)

    @property
    def missed(self) -> int:
        """How many promises were missed."""
        return sum(each.outcome == Outcome.MISSED for each in self.promises)

    @property
    def marks(self) -> list[str]:
        """How the latest promises went, oldest first: kept, missed or due."""
        known = [each.outcome or "due" for each in self.promises if each.outcome != Outcome.SUPERSEDED]
        return [str(each) for each in known[-MARKS:]]

    @property
    def names(self) -> dict[str, str]:
        """The colleagues who were ever let in, by contact as the events name them."""
        return {str(each.contact_id): each.name for each in self.shares}

    @property
    def resolution(self) -> Entry | None:
        """The latest resolution, once there is one."""
        return next((each for each in self.entries if each.kind is EventKind.RESOLVED), None)


_document = typed_text.alias("document")
WITH_SNAPSHOT = (
    HEADS.add_columns(snapshot.c.schema, snapshot.c.at.label("described_at"), _document.c.body.label("document"))
    .outerjoin(snapshot, (snapshot.c.ticket_id == ticket.c.id) & (snapshot.c.revision == ticket.c.revision))
    .outerjoin(_document, _document.c.id == snapshot.c.document_id)
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


@lru_cache(maxsize=READERS_KEPT)
def _one_with_snapshot(actor: Actor) -> Select[*tuple[Any, ...]]:
    tickets = with_running(WITH_SNAPSHOT) if actor.is_agent else WITH_SNAPSHOT
    return with_begun(tickets, actor).where(ticket.c.reference == bindparam("reference"), visible_to(actor))


def ticket_page(
    session: Session, reference: str, actor: Actor, *, at: datetime, before: int | None = None
) -> TicketPage | None:
    """Return a ticket as somebody sees it now; None if it isn't there or isn't theirs.

    A long timeline comes in parts: ``before`` is the number of an event, and what happened before it is returned.
    """
    row = session.execute(_one_with_snapshot(actor), {"reference": reference}).first()
    if row is None:
        return None
    head, promises = head_of(row), promises_of(session, row.id)
    timeline = timeline_of(session, head.id, promises, actor, before=before)
    return TicketPage(
        ticket=head,
        status=status_of(head),
        actions=allowed_actions(head, actor, at=at),
        entries=timeline.entries,
        earlier=timeline.earlier,
        promises=promises,
        snapshot=snapshot_of(row),
        shares=shares_of(session, head.id),
        begun=begun_of(row),
        runs=running_of(row),
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


def snapshot_of(row: Row[Any]) -> SnapshotShown | None:
    """Return the latest description of a row of ``WITH_SNAPSHOT``."""
    if row.document is None:
        return None
    # An erased description leaves its row, but no document.
    document = json.loads(row.document) if row.document else {}
    return SnapshotShown(row.revision, row.schema, document, row.described_at)


def shares_of(session: Session, ticket_id: UUID) -> list[Share]:
    """Return the colleagues who were ever let in."""
    rows = session.execute(_SHARES, {"ticket_id": ticket_id})
    return [Share(row.contact_id, row.name, is_open=row.revoked_at is None) for row in rows]


def colleagues(session: Session, head: Head, actor: Actor) -> list[Share]:
    """Return the people of a ticket's organisation who could still be let in, by name."""
    if head.organisation_id is None or not (actor.is_agent or actor.organisation_id == head.organisation_id):
        return []
    let_in = select(participant.c.contact_id).where(
        participant.c.ticket_id == head.id, participant.c.revoked_at.is_(None)
    )
    rows = session.execute(
        select(contact.c.id, person.c.name)
        .join(person, person.c.id == contact.c.person_id)
        .where(contact.c.organisation_id == head.organisation_id, person.c.active, contact.c.id.not_in(let_in))
        .where(contact.c.id.is_distinct_from(head.contact_id))
        .order_by(person.c.name, contact.c.id)
        .limit(MOST_COLLEAGUES)
    )
    return [Share(row.id, row.name, is_open=False) for row in rows]
