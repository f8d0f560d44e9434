"""Lists of tickets, the newest first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, false, select, true, tuple_, union_all
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from portal.core.actor import Actor, SeeScope
from portal.core.db import READERS_KEPT
from portal.core.references import as_written
from portal.tickets.models import TicketState
from portal.tickets.queries.among import among
from portal.tickets.queries.heads import HEADS, Head, head_of
from portal.tickets.queries.status import Status, status_of
from portal.tickets.queries.tables import ticket
from portal.tickets.queries.visibility import shared_with, visible_to


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
    return page_of(session.execute(_first_page(actor, only, limit)), limit)


@lru_cache(maxsize=READERS_KEPT)
def _first_page(actor: Actor, only: Only, limit: int) -> Select[*tuple[Any, ...]]:
    """Return what finds the first page of a list: putting the words of a statement together costs more than asking."""
    return newest_first(actor, [CONDITIONS[only]], None, limit)


def newest_of(
    session: Session, actor: Actor, conditions: Iterable[ColumnElement[bool]], *, after: Place | None, limit: int
) -> Page:
    """Return those of somebody's tickets that meet the conditions, the newest first."""
    return page_of(session.execute(newest_first(actor, conditions, after, limit)), limit)


def newest_first(
    actor: Actor, conditions: Iterable[ColumnElement[bool]], after: Place | None, limit: int
) -> Select[*tuple[Any, ...]]:
    """Return what finds somebody's tickets, and one more than fit, to know whether there are more."""
    wanted = select(ticket.c.id).where(*conditions, older_than(ticket.c, after))
    return (
        HEADS.where(visible_to(actor), among(ticket.c.id, _newest(wanted, actor, limit + 1)))
        .order_by(ticket.c.opened_at.desc(), ticket.c.id.desc())
        .limit(limit + 1)
    )


def page_of(rows: Iterable[Row[Any]], limit: int) -> Page:
    """Return the page that is made of these rows, of which one more was asked for than fit."""
    found = [listed(head_of(row)) for row in rows]
    last = found[limit - 1].ticket if len(found) > limit else None
    return Page(rows=found[:limit], next=Place(last.opened_at, last.id) if last else None)


def find_reference(session: Session, actor: Actor, reference: str) -> str | None:
    """Return a ticket's reference as it is written, found by its number however it was typed; None if there is none."""
    found = select(ticket.c.reference).where(ticket.c.reference == as_written(reference), visible_to(actor))
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


def older_than(columns: ReadOnlyColumnCollection[str, Any], after: Place | None) -> ColumnElement[bool]:
    """Return the condition that a ticket comes later in a list, the newest first, than where a page ended."""
    if after is None:
        return true()
    return tuple_(columns.opened_at, columns.id) < tuple_(after.at, after.id)


def listed(head: Head) -> Listed:
    """Return a ticket with where it stands, as lists show it."""
    return Listed(head, status_of(head))
