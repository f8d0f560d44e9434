"""The desk's queue: its lanes by what is due next, the emergencies above all, and who has left it meanwhile."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, case, literal_column, or_, select, tuple_, union
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.tickets.models import Priority
from portal.tickets.queries.among import among
from portal.tickets.queries.heads import HEADS, head_of
from portal.tickets.queries.lists import Listed, Place, listed
from portal.tickets.queries.tables import snapshot, ticket, typed_text
from portal.tickets.queries.visibility import visible_to

MOST_EMERGENCIES = 50
_IS_URGENT = or_(ticket.c.is_emergency, ticket.c.priority == literal_column(f"'{Priority.P1.value}'"))
"""Written as its index has it: a value that only comes along with the statement would not find that index."""


class Lane(StrEnum):
    """Which part of the desk's open tickets."""

    DUE = "due"
    """It is our turn, and something is promised: the next due thing comes first."""
    EMERGENCY = "emergency"
    """Work has stopped, or it cannot wait: it came as an emergency, or its priority is P1."""
    MINE = "mine"
    TEAM = "team"
    """Of the teams that the agent belongs to."""
    UNASSIGNED = "unassigned"
    WAITING = "waiting"
    """It is the customer's turn."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What else tickets of the queue have in common."""

    product: str = ""
    priority: str = ""
    team: str = ""
    my_teams: Select[str] | None = None
    """The names of the agent's own teams, as far as there are any."""

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """What a ticket has to meet."""
        given = ((ticket.c.product_code, self.product), (ticket.c.priority, self.priority), (ticket.c.team, self.team))
        return [column == value for column, value in given if value]


EVERYTHING = Narrowing()


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at: a lane, narrowed down, from a place on."""

    lane: Lane = Lane.DUE
    narrowed: Narrowing = EVERYTHING
    after: Place | None = None
    limit: int = 50

    @property
    def is_first(self) -> bool:
        """Whether it begins with what is due first."""
        return self.after is None

    @property
    def due(self) -> str:
        """The name of the column by which it is ordered."""
        return "closes_at" if self.lane is Lane.WAITING else "next_due_at"


@dataclass(frozen=True, slots=True)
class DeskQueue:
    """What the desk has to do: emergencies, then everything by its time."""

    emergencies: Sequence[Listed]
    rows: Sequence[Listed]
    next: Place | None
    callers: Mapping[UUID, Mapping[str, Any]]
    """What those said of themselves who asked for a call-back and whom nobody has verified yet."""


def queue_of(rows: Sequence[Row[Any]], view: View) -> DeskQueue:
    """Return a lane made of the rows of its statement.

    The emergencies stand above the lane of everything that is our turn; in the others they have their place.
    """
    found = [listed(head_of(row)) for row in rows]
    last = found[view.limit - 1].ticket if len(found) > view.limit else None
    last_due: datetime | None = getattr(last, view.due) if last else None
    above = view.lane is Lane.DUE and view.is_first
    return DeskQueue(
        emergencies=[each for each in found if each.ticket.is_urgent][:MOST_EMERGENCIES] if above else (),
        rows=found[: view.limit],
        next=Place(last_due, last.id) if last and last_due else None,
        callers=callers_in(rows),
    )


def still_there(session: Session, actor: Actor, references: Sequence[str]) -> list[Listed]:
    """Return the tickets of some rows of the queue as they stand now, wherever they are."""
    if not references:
        return []
    return [
        listed(head_of(row))
        for row in session.execute(HEADS.where(ticket.c.reference.in_(references), visible_to(actor)))
    ]


def in_lane(lane: Lane, actor: Actor, narrowed: Narrowing = EVERYTHING) -> list[ColumnElement[bool]]:
    """Return what a ticket has to meet to stand in a lane: to be open, and to have a time that somebody waits for."""
    still_open = [ticket.c.closed_at.is_(None), *narrowed.conditions]
    if lane is Lane.WAITING:
        return [*still_open, ticket.c.closes_at.is_not(None)]
    promised = [*still_open, ticket.c.next_due_at.is_not(None)]
    if lane is Lane.TEAM:
        return [
            *promised,
            ticket.c.team.in_(narrowed.my_teams) if narrowed.my_teams is not None else ticket.c.id.is_(None),
        ]
    own = {
        Lane.EMERGENCY: _IS_URGENT,
        Lane.MINE: ticket.c.assignee_id == actor.agent_id,
        Lane.UNASSIGNED: ticket.c.assignee_id.is_(None),
    }
    return [*promised, own[lane]] if lane in own else promised


def queue_statement(actor: Actor, view: View) -> Select[*tuple[Any, ...]]:
    """Return what finds the tickets of a lane, in order."""
    wanted = _ids(actor, view)
    if view.lane is Lane.DUE and view.is_first:
        urgent = _ids(actor, View(Lane.EMERGENCY, view.narrowed, limit=MOST_EMERGENCIES - 1))
        both = union(select(wanted.subquery().c.id), select(urgent.subquery().c.id)).subquery()
        wanted = select(both.c.id)
    return _WITH_CALLER.where(among(ticket.c.id, wanted)).order_by(ticket.c[view.due], ticket.c.id)


def _ids(actor: Actor, view: View) -> Select[tuple[UUID]]:
    """Return the ids of the first tickets of a lane, read in the order of an index and cut short."""
    due, after = ticket.c[view.due], view.after
    later = [tuple_(due, ticket.c.id) > tuple_(after.at, after.id)] if after else []
    found = select(ticket.c.id).where(visible_to(actor), *in_lane(view.lane, actor, view.narrowed), *later)
    return found.order_by(due, ticket.c.id).limit(view.limit + 1)


_said = typed_text.alias("said")
_WITH_CALLER = (
    HEADS.add_columns(_said.c.body.label("said"))
    .outerjoin(
        snapshot,
        # Nothing is looked up for a ticket whose organisation is known.
        and_(
            snapshot.c.ticket_id == case((ticket.c.organisation_id.is_(None), ticket.c.id)),
            snapshot.c.revision == ticket.c.revision,
        ),
    )
    .outerjoin(_said, _said.c.id == snapshot.c.document_id)
)
"""Tickets with what was written down of a call-back, as long as nobody has verified whose it is."""


def callers_in(rows: Iterable[Row[Any]]) -> dict[UUID, Mapping[str, Any]]:
    """Return the descriptions that came with call-backs, by their tickets."""
    return {row.id: json.loads(row.said) for row in rows if row.said}
