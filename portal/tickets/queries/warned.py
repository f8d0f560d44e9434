"""What our own people are told about a promise, as long as they still see the ticket."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.accounts.queries import agent_actor
from portal.tickets.models import PromiseKind
from portal.tickets.queries.heads import HEADS, Head, head_of
from portal.tickets.queries.tables import promise, promise_outcome, ticket
from portal.tickets.queries.visibility import visible_to


@dataclass(frozen=True, slots=True)
class Warned:
    """A promise that is near, or was missed."""

    ticket: Head
    kind: PromiseKind
    due_at: datetime
    is_over: bool
    """Whether it has ended meanwhile, one way or the other."""


def warned(session: Session, promise_id: UUID, person_id: UUID) -> Warned | None:
    """Return a promise for the mail of somebody in support; None for a ticket that isn't theirs to see."""
    actor = agent_actor(session, person_id)
    if actor is None:
        return None
    row = session.execute(
        HEADS.add_columns(
            promise.c.kind.label("promise_kind"),
            promise.c.due_at.label("promise_due_at"),
            promise_outcome.c.outcome.label("promise_outcome"),
        )
        .join(promise, promise.c.ticket_id == ticket.c.id)
        .outerjoin(promise_outcome, promise_outcome.c.promise_id == promise.c.id)
        .where(promise.c.id == promise_id, visible_to(actor))
    ).first()
    if row is None:
        return None
    is_over = row.promise_outcome is not None
    return Warned(head_of(row), PromiseKind(row.promise_kind), row.promise_due_at, is_over)
