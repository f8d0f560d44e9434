"""The head of the queue: how much waits in each lane, who is on duty, and the views that an agent has kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Row,
    ScalarSelect,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal,
    select,
    true,
)
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.db import Moment
from portal.desk.models import SavedFilter
from portal.teams.queries import OnDuty, duty_at, duty_of
from portal.tickets.queries import (
    DeskQueue,
    Lane,
    Narrowing,
    View,
    in_lane,
    queue_of,
    queue_statement,
    visible_to,
)
from portal.tickets.queries.tables import ticket

COUNTED_UP_TO = 100
"""Counting stops here, so that a lane costs the same on a desk with ten thousand tickets; it then says 99+."""
_STATEMENTS_KEPT = 200
"""For how many views of the queue a process keeps the statement it has built; their agents look at them all day."""
_BETWEEN, _AFTER = "\x1f", "\x1e"
_NOW = bindparam("now", type_=Moment())


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


def look_at_queue(session: Session, actor: Actor, view: View, *, at: datetime) -> tuple[Head, DeskQueue]:
    """Return a lane with what stands above it, in one statement: pages of the queue are asked for all day."""
    rows = session.execute(_looked_at(actor, view), {"now": at}).all()
    return _head_of(rows[0]), queue_of([each for each in rows if each.id is not None], view)


@lru_cache(maxsize=_STATEMENTS_KEPT)
def _looked_at(actor: Actor, view: View) -> Select[*tuple[Any, ...]]:
    row = _head(actor, view.narrowed).subquery()
    lines = queue_statement(actor, view).subquery()
    return select(row, lines).select_from(row.outerjoin(lines, true())).order_by(lines.c[view.due], lines.c.id)


def _head(actor: Actor, narrowed: Narrowing) -> Select[*tuple[Any, ...]]:
    """Return what stands above the lists as one row; the moment that is now comes along as ``now``."""
    duty = duty_at(_NOW)
    numbers = [_number(actor, in_lane(each, actor, narrowed)).label(f"lane_{each}") for each in Lane]
    late = _number(actor, [*in_lane(Lane.DUE, actor, narrowed), ticket.c.next_due_at < _NOW]).label("late")
    one = select(literal(1).label("one")).subquery()
    return select(*numbers, late, *duty.c, _kept(actor).label("kept_views")).select_from(one.outerjoin(duty, true()))


def _kept(actor: Actor) -> ScalarSelect[Any]:
    """Return the views that an agent has kept as one text, its parts apart by characters that nobody can type."""
    parts = (cast(SavedFilter.id, String), SavedFilter.name, SavedFilter.asked)
    written = parts[0] + _BETWEEN + parts[1] + _BETWEEN + parts[2]
    together = func.aggregate_strings(written, _AFTER)
    return select(together).where(SavedFilter.person_id == actor.person_id).scalar_subquery()


def _head_of(row: Row[Any]) -> Head:
    parts = [each.split(_BETWEEN) for each in (row.kept_views or "").split(_AFTER) if each]
    return Head(
        counts={each: getattr(row, f"lane_{each}") for each in Lane},
        late=row.late,
        duty=duty_of(row),
        kept=sorted((Kept(UUID(key), name, asked) for key, name, asked in parts), key=lambda each: each.name),
    )


def _number(actor: Actor, conditions: Sequence[ColumnElement[bool]]) -> ScalarSelect[int]:
    some = select(literal(1)).where(visible_to(actor), *conditions).limit(COUNTED_UP_TO).subquery()
    return select(func.count()).select_from(some).scalar_subquery()
