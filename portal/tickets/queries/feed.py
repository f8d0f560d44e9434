"""What stands in a person's calendar feed: the times that are promised to them, or by them, and no words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Contact, Organisation, Person
from portal.accounts.queries import agent_actor, token_hash
from portal.core.actor import Actor, Role, SeeScope
from portal.tickets.models import FeedLink, TicketState
from portal.tickets.queries.tables import ticket
from portal.tickets.queries.visibility import visible_to

MOST_TIMES = 200
_CUSTOMERS_TURN = (TicketState.WAITING_CUSTOMER, TicketState.RESOLVED)


@dataclass(frozen=True, slots=True)
class FeedTime:
    """A time that stands in somebody's calendar."""

    ticket_id: UUID
    reference: str
    at: datetime
    is_yours: bool
    """Whether it is the customer's turn."""
    changed_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Feed:
    """A person's feed."""

    locale: str | None
    times: Sequence[FeedTime]
    reader: Actor
    """Whose it is."""


def feed_link_of(session: Session, person_id: UUID) -> FeedLink | None:
    """Return the link that a person has, if any."""
    wanted = select(FeedLink).where(FeedLink.person_id == person_id, FeedLink.revoked_at.is_(None))
    return session.scalars(wanted.order_by(FeedLink.made_at.desc()).limit(1)).first()


def feed_at(session: Session, token: str) -> Feed | None:
    """Return the feed of a secret address; None for one that is revoked, or whose person may not come in any more."""
    owner = session.execute(
        select(Person.id, Person.locale)
        .join(FeedLink, FeedLink.person_id == Person.id)
        .where(FeedLink.token_sha256 == token_hash(token), FeedLink.revoked_at.is_(None), Person.active)
    ).first()
    if owner is None:
        return None
    actor = agent_actor(session, owner.id) or _contact_actor(session, owner.id)
    return Feed(owner.locale, _times(session, actor), actor) if actor else None


def _contact_actor(session: Session, person_id: UUID) -> Actor | None:
    row = session.execute(
        select(Contact.id, Contact.role, Contact.see_scope, Contact.organisation_id, Organisation.time_zone)
        .join(Organisation, Organisation.id == Contact.organisation_id)
        .where(Contact.person_id == person_id)
    ).first()
    if row is None:
        return None
    scope = SeeScope(row.see_scope)
    return Actor(person_id, Role(row.role), contact_id=row.id, organisation_id=row.organisation_id, see_scope=scope)


def _times(session: Session, actor: Actor) -> list[FeedTime]:
    """Return the open times, the earliest first: an agent's are those of the tickets they take care of."""
    times = or_(ticket.c.next_due_at.is_not(None), ticket.c.closes_at.is_not(None))
    names = ("id", "reference", "state", "next_due_at", "closes_at", "changed_at", "version")
    wanted = select(*(ticket.c[name] for name in names)).where(visible_to(actor), ticket.c.closed_at.is_(None), times)
    if actor.is_agent:
        wanted = wanted.where(ticket.c.assignee_id == actor.agent_id, ticket.c.next_due_at.is_not(None))
    rows = session.execute(wanted.order_by(ticket.c.changed_at.desc()).limit(MOST_TIMES))
    return sorted(
        (
            FeedTime(
                row.id,
                row.reference,
                row.next_due_at or row.closes_at,
                row.state in _CUSTOMERS_TURN,
                row.changed_at,
                row.version,
            )
            for row in rows
        ),
        key=lambda each: (each.at, each.reference),
    )
