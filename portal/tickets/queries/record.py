"""How promises to an organisation went, for everybody who is there."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.tickets.models import Outcome
from portal.tickets.queries.tables import promise, promise_outcome, ticket


@dataclass(frozen=True, slots=True)
class Record:
    """How many promises fell due, and how many of them were kept."""

    kept: int
    missed: int

    @property
    def fallen_due(self) -> int:
        """All that were to be kept by now."""
        return self.kept + self.missed


def record_since(session: Session, organisation_id: UUID, since: datetime) -> Record:
    """Return how the promises went that ended since a moment; only tickets that changed since then are read."""
    rows = session.execute(
        select(promise_outcome.c.outcome, func.count())
        .select_from(ticket)
        .join(promise, promise.c.ticket_id == ticket.c.id)
        .join(promise_outcome, promise_outcome.c.promise_id == promise.c.id)
        .where(ticket.c.organisation_id == organisation_id, ticket.c.changed_at >= since, promise_outcome.c.at >= since)
        .group_by(promise_outcome.c.outcome)
    )
    found: dict[str, int] = {str(outcome): count for outcome, count in rows}
    return Record(found.get(Outcome.KEPT, 0), found.get(Outcome.MISSED, 0))
