"""The head of the queue: how much waits in each lane, who is on duty, and the views that an agent has kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, func, literal, select, true
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.desk.models import SavedFilter
from portal.teams.queries import OnDuty, duty_at, duty_of
from portal.tickets.queries import Lane, Narrowing, in_lane, visible_to
from portal.tickets.queries.tables import ticket

COUNTED_UP_TO = 100
"""Counting stops here, so that a lane costs the same on a desk with ten thousand tickets; it then says 99+."""
MOST_FILTERS = 20


@dataclass(frozen=True, slots=True)
class Kept:
    """A view of the queue that an agent has kept."""

    id: UUID
    name: str
    asked: str


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the lists."""

    counts: dict[Lane, int]
    late: int
    duty: OnDuty | None
    kept: Sequence[Kept]


def head_of_queue(session: Session, actor: Actor, narrowed: Narrowing, *, at: datetime) -> Head:
    """Return what stands above the lists, in one statement."""
    duty = duty_at(at)
    numbers = [_number(actor, in_lane(each, actor, narrowed)).label(f"lane_{each}") for each in Lane]
    late = _number(actor, [*in_lane(Lane.DUE, actor, narrowed), ticket.c.next_due_at < at]).label("late")
    one = select(literal(1).label("one")).subquery()
    rows = session.execute(
        select(
            *numbers,
            late,
            *duty.c,
            SavedFilter.id.label("filter_id"),
            SavedFilter.name.label("filter"),
            SavedFilter.asked,
        )
        .select_from(one)
        .outerjoin(duty, true())
        .outerjoin(SavedFilter, SavedFilter.person_id == actor.person_id)
        .order_by(SavedFilter.name)
        .limit(MOST_FILTERS)
    ).all()
    return Head(
        counts={each: getattr(rows[0], f"lane_{each}") for each in Lane},
        late=rows[0].late,
        duty=duty_of(rows[0]),
        kept=[Kept(row.filter_id, row.filter, row.asked) for row in rows if row.filter_id],
    )


def _number(actor: Actor, conditions: Sequence[ColumnElement[bool]]) -> ScalarSelect[int]:
    some = select(literal(1)).where(visible_to(actor), *conditions).limit(COUNTED_UP_TO).subquery()
    return select(func.count()).select_from(some).scalar_subquery()
