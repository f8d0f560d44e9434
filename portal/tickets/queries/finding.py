"""Finding tickets: by words in whatever script, by state, by product, by whose they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, false, func, literal, select, true
from sqlalchemy.orm import Session

from portal.core.actor import Actor, SeeScope
from portal.core.db import READERS_KEPT
from portal.core.terms import words_of
from portal.tickets.queries.among import among
from portal.tickets.queries.having import having
from portal.tickets.queries.heads import HEADS
from portal.tickets.queries.lists import CONDITIONS, Only, Page, Place, newest_first, newest_of, older_than, page_of
from portal.tickets.queries.tables import ticket
from portal.tickets.queries.visibility import shared_with, visible_to

COUNTED_UP_TO = 100
"""Counting stops here, so that a filter costs the same however many tickets there are; it then says 99+."""


class Whose(StrEnum):
    """Whose tickets."""

    ALL = "all"
    MINE = "mine"
    """Reported by the customer; taken on by the agent."""
    NOBODYS = "nobodys"
    """No agent has taken them on."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tickets somebody looks for."""

    typed: str = ""
    only: Only = Only.ALL
    whose: Whose = Whose.ALL
    product: str = ""

    @property
    def is_common(self) -> bool:
        """Whether nothing was typed or named, so that it is asked for again and again."""
        return not self.typed and not self.product

    @property
    def is_anything(self) -> bool:
        """Whether nothing narrows it down."""
        return self == Wanted()


@dataclass(frozen=True, slots=True)
class Found:
    """What somebody has looked for."""

    page: Page
    numbers: Mapping[Only, int]
    """How many tickets each state would show."""


def find_tickets(
    session: Session, actor: Actor, wanted: Wanted, *, after: Place | None = None, limit: int = 20
) -> Found:
    """Return the tickets that somebody may see and looks for, the newest first."""
    if words_of(wanted.typed):
        rows = session.execute(_found_by_words(session, actor, wanted, after, limit)).all()
        return Found(page_of([row for row in rows if row.id is not None], limit), _numbers(rows[0]))
    counted = session.execute(_counted(actor, wanted)).one()
    return Found(_listed(session, actor, wanted, after, limit), _numbers(counted))


def _listed(session: Session, actor: Actor, wanted: Wanted, after: Place | None, limit: int) -> Page:
    if wanted.is_common and after is None:
        return page_of(session.execute(_first_found(actor, wanted, limit)), limit)
    conditions = [CONDITIONS[wanted.only], *_conditions(actor, wanted)]
    return newest_of(session, actor, conditions, after=after, limit=limit)


def _numbers(row: Row[Any]) -> Mapping[Only, int]:
    return {only: min(row._mapping[f"number_{only}"], COUNTED_UP_TO) for only in Only}  # noqa: SLF001 (SQLAlchemy's public name)


def _found_by_words(
    session: Session, actor: Actor, wanted: Wanted, after: Place | None, limit: int
) -> Select[*tuple[Any, ...]]:
    """Return what finds by words, of which there is not much, and counts it: each ticket is looked at once for both."""
    states = (CONDITIONS[only].label(f"is_{only}") for only in Only)
    conditions = [*_conditions(actor, wanted), *having(session.get_bind().dialect.name, wanted.typed, actor)]
    found = select(ticket.c.id, ticket.c.opened_at, *states).where(visible_to(actor), *conditions)
    few = found.cte("found").prefix_with("MATERIALIZED")
    counted = select(*(func.count().filter(few.c[f"is_{only}"]).label(f"number_{only}") for only in Only)).subquery()
    newest = select(few.c.id).where(few.c[f"is_{wanted.only}"], older_than(few.c, after)).limit(limit + 1)
    lines = HEADS.where(among(ticket.c.id, newest.order_by(few.c.opened_at.desc(), few.c.id.desc()))).subquery()
    both = select(counted, lines).select_from(counted.outerjoin(lines, true()))
    return both.order_by(lines.c.opened_at.desc(), lines.c.id.desc())


@lru_cache(maxsize=READERS_KEPT)
def _first_found(actor: Actor, wanted: Wanted, limit: int) -> Select[Any]:
    """Return what finds the first page where nothing was typed, built once for each reader."""
    return newest_first(actor, [CONDITIONS[wanted.only], _of(wanted.whose, actor)], None, limit)


def _counted(actor: Actor, wanted: Wanted) -> Select[*tuple[Any, ...]]:
    return _all_counted(actor, wanted.whose) if wanted.is_common else _by_state(actor, _conditions(actor, wanted))


@lru_cache(maxsize=READERS_KEPT)
def _all_counted(actor: Actor, whose: Whose) -> Select[*tuple[Any, ...]]:
    """Return what counts where nothing was typed, built once for each reader."""
    return _by_state(actor, [_of(whose, actor)])


def _by_state(actor: Actor, conditions: Sequence[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    """Return what counts each state for itself and ends early: an index has the tickets of a state together."""
    return select(*(_number(actor, [CONDITIONS[only], *conditions]).label(f"number_{only}") for only in Only))


def _number(actor: Actor, conditions: Sequence[ColumnElement[bool]]) -> ColumnElement[int]:
    # Not the newest: whoever counts need not put into order.
    branches = [
        select(literal(1)).select_from(ticket).where(mine, *conditions).limit(COUNTED_UP_TO).subquery()
        for mine in _branches(actor)
    ]
    counts = [select(func.count()).select_from(each).scalar_subquery() for each in branches]
    return counts[0] if len(counts) == 1 else counts[0] + counts[1]


def _branches(actor: Actor) -> list[ColumnElement[bool]]:
    """Return the conditions of what somebody may see, apart where each has an index of its own."""
    if not actor.is_customer or actor.is_manager or actor.see_scope == SeeScope.ORGANISATION:
        return [visible_to(actor)]
    theirs = ticket.c.organisation_id == actor.organisation_id
    others = theirs & ticket.c.id.in_(shared_with(actor))
    return [
        theirs & (ticket.c.contact_id == actor.contact_id),
        others & ticket.c.contact_id.is_distinct_from(actor.contact_id),
    ]


def _conditions(actor: Actor, wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    return [
        _of(wanted.whose, actor),
        ticket.c.product_code == wanted.product if wanted.product else true(),
        # What was typed is a search for nothing where no word is left of it.
        false() if wanted.typed and not words_of(wanted.typed) else true(),
    ]


def _of(whose: Whose, actor: Actor) -> ColumnElement[bool]:
    if whose is Whose.ALL:
        return true()
    if whose is Whose.NOBODYS:
        return ticket.c.assignee_id.is_(None)
    return ticket.c.assignee_id == actor.agent_id if actor.is_agent else ticket.c.contact_id == actor.contact_id
