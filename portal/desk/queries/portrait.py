"""A portrait of an organisation: who looks after it, what it has open, how our promises went, what it thinks of us."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ScalarSelect, func, literal, select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Organisation, Person
from portal.core.actor import Actor
from portal.ratings.models import Rating, RatingKind
from portal.tickets.models import Outcome
from portal.tickets.queries import visible_to
from portal.tickets.queries.tables import promise, promise_outcome, ticket

LOOKED_BACK = timedelta(days=90)
_COUNTED_UP_TO = 100


@dataclass(frozen=True, slots=True)
class Portrait:
    """What somebody should know before they write to an organisation."""

    name: str
    tier: str
    named_agent: str
    """Their engineer; nothing where none is named."""
    open_tickets: int
    kept: int
    """Promises of the last ninety days that were kept."""
    missed: int
    stars: int | None
    """What they gave last."""
    stars_at: datetime | None


def portrait_of(session: Session, actor: Actor, organisation_id: UUID | None, *, at: datetime) -> Portrait | None:
    """Return the portrait of an organisation in one statement; None where there is none."""
    stars = select(Rating.score, Rating.at).where(
        Rating.organisation_id == organisation_id, Rating.kind == RatingKind.STARS
    )
    latest = stars.order_by(Rating.at.desc()).limit(1).subquery()
    row = session.execute(
        select(
            Organisation.name,
            Organisation.tier,
            Person.name.label("named_agent"),
            _open_tickets(actor, organisation_id).label("open_tickets"),
            _ended(organisation_id, Outcome.KEPT, at).label("kept"),
            _ended(organisation_id, Outcome.MISSED, at).label("missed"),
            latest.c.score,
            latest.c.at,
        )
        .outerjoin(Agent, Agent.id == Organisation.named_agent_id)
        .outerjoin(Person, Person.id == Agent.person_id)
        .outerjoin(latest, literal(1) == 1)
        .where(Organisation.id == organisation_id)
    ).first()
    if row is None:
        return None
    return Portrait(
        row.name, row.tier, row.named_agent or "", row.open_tickets, row.kept, row.missed, row.score, row.at
    )


def _open_tickets(actor: Actor, organisation_id: UUID | None) -> ScalarSelect[int]:
    some = select(literal(1)).where(
        visible_to(actor), ticket.c.organisation_id == organisation_id, ticket.c.closed_at.is_(None)
    )
    return select(func.count()).select_from(some.limit(_COUNTED_UP_TO).subquery()).scalar_subquery()


def _ended(organisation_id: UUID | None, outcome: Outcome, at: datetime) -> ScalarSelect[int]:
    since = at - LOOKED_BACK
    return (
        select(func.count())
        .select_from(ticket)
        .join(promise, promise.c.ticket_id == ticket.c.id)
        .join(promise_outcome, promise_outcome.c.promise_id == promise.c.id)
        .where(
            ticket.c.organisation_id == organisation_id,
            ticket.c.changed_at >= since,
            promise_outcome.c.at >= since,
            promise_outcome.c.outcome == outcome,
        )
        .scalar_subquery()
    )
