"""Reads of visits; a ticket that somebody sees shows its visits."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Select, Table, bindparam, select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.db import READERS_KEPT
from portal.core.models import TypedText
from portal.tickets.models import Ticket
from portal.tickets.queries import visible_to
from portal.visits.models import Visit, VisitAction

AT_ONCE = 20
_MOST = 200

_visit, _action = cast(Table, Visit.__table__), cast(Table, VisitAction.__table__)
_who, _words = (cast(Table, TypedText.__table__).alias(name) for name in ("who", "words"))
_VISITS = (
    select(
        _visit.c.id,
        _visit.c.visited_on,
        _who.c.body.label("who"),
        _action.c.id.label("action_id"),
        _words.c.body.label("words"),
        _action.c.next_due_at,
        _action.c.done_at,
    )
    .join(_who, _who.c.id == _visit.c.who_id)
    .outerjoin(_action, _action.c.visit_id == _visit.c.id)
    .outerjoin(_words, _words.c.id == _action.c.text_id)
    .where(_visit.c.ticket_id == bindparam("ticket_id"))
    .order_by(_visit.c.visited_on.desc(), _visit.c.id.desc(), _action.c.id)
    .limit(_MOST)
)
"""Built once: every page of a ticket asks for its visits."""


@dataclass(frozen=True, slots=True)
class ShownAction:
    """Something that was agreed, and how it stands."""

    id: UUID
    words: str
    due_at: datetime | None
    done_at: datetime | None


@dataclass(slots=True)
class ShownVisit:
    """A visit with what was agreed on it."""

    visited_on: date
    who: str
    actions: list[ShownAction] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LateAction:
    """Something agreed whose day has passed once, or is today, for the desk."""

    reference: str
    words: str
    due_at: datetime


def visits_of(session: Session, ticket_id: UUID) -> Sequence[ShownVisit]:
    """Return the visits of a ticket that was found already, the latest first, in one statement."""
    found: dict[UUID, ShownVisit] = {}
    for row in session.execute(_VISITS, {"ticket_id": ticket_id}):
        visit = found.setdefault(row.id, ShownVisit(row.visited_on, row.who))
        if row.action_id:
            visit.actions.append(ShownAction(row.action_id, row.words, row.next_due_at, row.done_at))
    return list(found.values())


def late_actions(session: Session, actor: Actor, *, before: datetime) -> list[LateAction]:
    """Return what was agreed on visits and is due before a moment, as far as an agent may see it."""
    rows = session.execute(_late_actions(actor), {"before": before})
    return [LateAction(row.reference, row.body, row.next_due_at) for row in rows]


@lru_cache(maxsize=READERS_KEPT)
def _late_actions(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(Ticket.reference, TypedText.body, VisitAction.next_due_at)
        .select_from(VisitAction)
        .join(Ticket, Ticket.id == VisitAction.ticket_id)
        .join(TypedText, TypedText.id == VisitAction.text_id)
        .where(VisitAction.next_due_at < bindparam("before"), visible_to(actor))
        .order_by(VisitAction.next_due_at, VisitAction.id)
        .limit(AT_ONCE)
    )


def action_of(session: Session, ticket: Ticket, action_id: UUID) -> VisitAction | None:
    """Return something that was agreed for a ticket, held to be changed; None where it is another's."""
    return session.scalars(
        select(VisitAction).where(VisitAction.id == action_id, VisitAction.ticket_id == ticket.id).with_for_update()
    ).one_or_none()
