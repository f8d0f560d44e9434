"""Lists of tickets: a customer's own, and the desk's by what is due next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, select, true, tuple_, union_all
from sqlalchemy.orm import Session

from portal.core.actor import Actor, SeeScope
from portal.tickets.models import TicketState
from portal.tickets.queries.heads import HEADS, Head, head_of
from portal.tickets.queries.status import Status, status_of
from portal.tickets.queries.tables import ticket
from portal.tickets.queries.visibility import READERS_KEPT, shared_with, visible_to


class Only(StrEnum):
    """Which of a customer's tickets."""

    ALL = "all"
    YOURS = "yours"
    """It is the customer's turn."""
    OURS = "ours"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the next page of a list begins."""

    at: datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class Listed:
    """A ticket in a list."""

    ticket: Head
    status: Status


@dataclass(frozen=True, slots=True)
class Page:
    """Some tickets, and where the next ones begin."""

    rows: Sequence[Listed]
    next: Place | None


_CUSTOMERS_TURN = (TicketState.WAITING_CUSTOMER, TicketState.RESOLVED)
_IS_OPEN = ticket.c.closed_at.is_(None)
CONDITIONS: Mapping[Only, ColumnElement[bool]] = {
    Only.ALL: true(),
    Only.YOURS: _IS_OPEN & ticket.c.state.in_(_CUSTOMERS_TURN),
    Only.OURS: _IS_OPEN & ticket.c.state.not_in(_CUSTOMERS_TURN),
    Only.CLOSED: ticket.c.closed_at.is_not(None),
}


def my_tickets(
    session: Session, actor: Actor, *, only: Only = Only.ALL, after: Place | None = None, limit: int = 20
) -> Page:
    """Return a customer's tickets, the newest first."""
    if after is not None:
        return newest_of(session, actor, [CONDITIONS[only]], after=after, limit=limit)
    return _page(session, _first_page(actor, only, limit), limit)


@lru_cache(maxsize=READERS_KEPT)
def _first_page(actor: Actor, only: Only, limit: int) -> Select[*tuple[Any, ...]]:
    """Return what finds the first page of a list: putting the words of a statement together costs more than asking."""
    return _newest_first(actor, [CONDITIONS[only]], None, limit)


def newest_of(
    session: Session, actor: Actor, conditions: Iterable[ColumnElement[bool]], *, after: Place | None, limit: int
) -> Page:
    """Return those of somebody's tickets that meet the conditions, the newest first."""
    return _page(session, _newest_first(actor, conditions, after, limit), limit)


def _newest_first(
    actor: Actor, conditions: Iterable[ColumnElement[bool]], after: Place | None, limit: int
) -> Select[*tuple[Any, ...]]:
    wanted = select(ticket.c.id).where(*conditions, _older_than(after))
    return (
        HEADS.where(visible_to(actor), ticket.c.id.in_(_newest(wanted, actor, limit + 1)))
        .order_by(ticket.c.opened_at.desc(), ticket.c.id.desc())
        .limit(limit + 1)
    )


def _page(session: Session, statement: Select[*tuple[Any, ...]], limit: int) -> Page:
    listed = [_listed(head_of(row)) for row in session.execute(statement)]
    last = listed[limit - 1].ticket if len(listed) > limit else None
    return Page(rows=listed[:limit], next=Place(last.opened_at, last.id) if last else None)


def find_reference(session: Session, actor: Actor, reference: str) -> str | None:
    """Return a ticket's reference as it is written, found by its number however it was typed; None if there is none."""
    found = select(ticket.c.reference).where(ticket.c.reference == reference.strip().upper(), visible_to(actor))
    return session.execute(found).scalar()


def _newest(wanted: Select[tuple[UUID]], actor: Actor, limit: int) -> Select[Any]:
    """Return the ids of the newest wanted tickets, each branch read in the order of an index and cut short."""
    newest = wanted.order_by(ticket.c.opened_at.desc(), ticket.c.id.desc()).limit(limit)
    if actor.is_agent:
        return newest.where(visible_to(actor))
    if not actor.is_customer:
        return newest.where(false())
    if actor.is_manager or actor.see_scope == SeeScope.ORGANISATION:
        return newest.where(ticket.c.organisation_id == actor.organisation_id)
    own = newest.where(ticket.c.contact_id == actor.contact_id).subquery()
    shared = newest.where(ticket.c.id.in_(shared_with(actor))).subquery()
    both = union_all(select(own.c.id), select(shared.c.id)).subquery()
    return select(both.c.id)


def _older_than(after: Place | None) -> ColumnElement[bool]:
    if after is None:
        return true()
    return tuple_(ticket.c.opened_at, ticket.c.id) < tuple_(after.at, after.id)


class Lane(StrEnum):
    """Which part of the desk's open tickets."""

    DUE = "due"
    """Something is promised: the next due thing comes first."""
    WAITING = "waiting"
    """It is the customer's turn."""
    MINE = "mine"
    UNASSIGNED = "unassigned"


@dataclass(frozen=True, slots=True)
class DeskQueue:
    """What the desk has to do: emergencies, then everything by its time."""

    emergencies: Sequence[Listed]
    rows: Sequence[Listed]
    next: Place | None


def desk_queue(
    session: Session, actor: Actor, *, lane: Lane = Lane.DUE, after: Place | None = None, limit: int = 50
) -> DeskQueue:
    """Return the open tickets that an agent may see, by when the next thing is due."""
    wanted = _by_due(actor, lane, limit)
    if after is not None:
        wanted = wanted.where(tuple_(_due_in(lane), ticket.c.id) > tuple_(after.at, after.id))
    listed = [_listed(head_of(row)) for row in session.execute(wanted)]
    last = listed[limit - 1].ticket if len(listed) > limit else None
    last_due = (last.closes_at if lane == Lane.WAITING else last.next_due_at) if last else None
    return DeskQueue(
        emergencies=_emergencies(session, actor) if after is None else (),
        rows=listed[:limit],
        next=Place(last_due, last.id) if last and last_due else None,
    )


def _due_in(lane: Lane) -> ColumnElement[Any]:
    return ticket.c.closes_at if lane is Lane.WAITING else ticket.c.next_due_at


@lru_cache(maxsize=READERS_KEPT)
def _by_due(actor: Actor, lane: Lane, limit: int) -> Select[*tuple[Any, ...]]:
    wanted = HEADS.where(visible_to(actor), _IS_OPEN, _in_lane(lane, actor))
    return wanted.order_by(_due_in(lane), ticket.c.id).limit(limit + 1)


@lru_cache(maxsize=READERS_KEPT)
def _urgent(actor: Actor) -> Select[*tuple[Any, ...]]:
    urgent = HEADS.where(visible_to(actor), _IS_OPEN, ticket.c.is_emergency, ticket.c.next_due_at.is_not(None))
    return urgent.order_by(ticket.c.next_due_at, ticket.c.id).limit(50)


def _emergencies(session: Session, actor: Actor) -> list[Listed]:
    return [_listed(head_of(row)) for row in session.execute(_urgent(actor))]


def _in_lane(lane: Lane, actor: Actor) -> ColumnElement[bool]:
    if lane is Lane.WAITING:
        return ticket.c.closes_at.is_not(None)
    promised = ticket.c.next_due_at.is_not(None)
    if lane is Lane.MINE:
        return promised & (ticket.c.assignee_id == actor.agent_id)
    return promised & ticket.c.assignee_id.is_(None) if lane is Lane.UNASSIGNED else promised


def _listed(head: Head) -> Listed:
    return Listed(head, status_of(head))
