"""Finding tickets: by words in whatever script, by state, by product, by whose they are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    Text,
    cast,
    column,
    false,
    func,
    literal,
    literal_column,
    select,
    table,
    true,
)
from sqlalchemy.orm import Session

from portal.core.actor import Actor, SeeScope
from portal.core.terms import words_of
from portal.tickets.models import Audience, scope_of
from portal.tickets.queries.lists import CONDITIONS, Only, Page, Place, newest_first, newest_of, page_of
from portal.tickets.queries.tables import ticket, ticket_words
from portal.tickets.queries.visibility import READERS_KEPT, shared_with, visible_to

COUNTED_UP_TO = 100
"""Counting stops here, so that a filter costs the same however many tickets there are; it then says 99+."""
MOST_TEXTS = 1_000
"""The latest texts with a word that are looked at; who finds more than these needs another word."""
_terms = table("ticket_terms", column("rowid"), column("ticket_terms"))
"""On SQLite, the full-text table beside the words; the column of its own name stands for all of it."""
_array: ColumnElement[Any] = literal_column("string_to_array(ticket_words.terms, ' ')")
"""On PostgreSQL, what the index of the words is made of, as it is written there."""


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


def found_tickets(
    session: Session, actor: Actor, wanted: Wanted, *, after: Place | None = None, limit: int = 20
) -> Page:
    """Return the tickets that somebody may see and looks for, the newest first."""
    if wanted.is_common and after is None:
        return page_of(session, _first_found(actor, wanted, limit), limit)
    conditions = [CONDITIONS[wanted.only], *_conditions(session, actor, wanted)]
    return newest_of(session, actor, conditions, after=after, limit=limit)


def numbers(session: Session, actor: Actor, wanted: Wanted) -> Mapping[Only, int]:
    """Return how many tickets each state would show, in one statement."""
    row = session.execute(_counted(session, actor, wanted)).one()
    return {only: min(row._mapping[only.value], COUNTED_UP_TO) for only in Only}  # noqa: SLF001 (SQLAlchemy's public name)


@lru_cache(maxsize=READERS_KEPT)
def _first_found(actor: Actor, wanted: Wanted, limit: int) -> Select[Any]:
    """Return what finds the first page where nothing was typed, built once for each reader."""
    return newest_first(actor, [CONDITIONS[wanted.only], _of(wanted.whose, actor)], None, limit)


def _counted(session: Session, actor: Actor, wanted: Wanted) -> Select[*tuple[Any, ...]]:
    if wanted.is_common:
        return _all_counted(actor, wanted.whose)
    conditions = _conditions(session, actor, wanted)
    return _among_found(actor, conditions) if words_of(wanted.typed) else _by_state(actor, conditions)


@lru_cache(maxsize=READERS_KEPT)
def _all_counted(actor: Actor, whose: Whose) -> Select[*tuple[Any, ...]]:
    """Return what counts where nothing was typed, built once for each reader."""
    return _by_state(actor, [_of(whose, actor)])


def _among_found(actor: Actor, conditions: Sequence[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    """Return what counts what was found by words, of which there is not much: each ticket is looked at once."""
    counts = (func.count().filter(CONDITIONS[only]).label(only.value) for only in Only)
    return select(*counts).select_from(ticket).where(visible_to(actor), *conditions)


def _by_state(actor: Actor, conditions: Sequence[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    """Return what counts each state for itself and ends early: an index has the tickets of a state together."""
    return select(*(_number(actor, [CONDITIONS[only], *conditions]).label(only.value) for only in Only))


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


def _conditions(session: Session, actor: Actor, wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    return [
        _of(wanted.whose, actor),
        ticket.c.product_code == wanted.product if wanted.product else true(),
        *_having(session.get_bind().dialect.name, wanted.typed, actor),
    ]


def _of(whose: Whose, actor: Actor) -> ColumnElement[bool]:
    if whose is Whose.ALL:
        return true()
    if whose is Whose.NOBODYS:
        return ticket.c.assignee_id.is_(None)
    return ticket.c.assignee_id == actor.agent_id if actor.is_agent else ticket.c.contact_id == actor.contact_id


def _having(dialect: str, typed: str, actor: Actor) -> Iterator[ColumnElement[bool]]:
    """Yield a condition for each word: it stands in some text of the ticket that somebody may read."""
    words = words_of(typed)
    if typed and not words:
        yield false()
    scope = _scope(actor)
    if scope is None and words:
        yield false()
        return
    for number, word in enumerate(words):
        having = _texts_on_sqlite if dialect == "sqlite" else _texts_on_postgresql
        texts = having([*scope, *word] if scope else list(word))
        if not actor.is_agent:
            texts = texts.where(ticket_words.c.audience == Audience.CUSTOMER)
        latest = texts.limit(MOST_TEXTS).cte(f"word_{number}")
        yield ticket.c.id.in_(select(latest.c.ticket_id))


def _scope(actor: Actor) -> list[str] | None:
    """Return the terms that keep a search inside an organisation; None for somebody who finds nothing."""
    if actor.is_agent:
        return []
    return [scope_of(actor.organisation_id)] if actor.is_customer and actor.organisation_id else None


def _texts_on_sqlite(terms: Sequence[str]) -> Select[Any]:
    together = " AND ".join(f'"{term}"' for term in terms)
    return (
        select(ticket_words.c.ticket_id)
        .join(_terms, _terms.c.rowid == ticket_words.c.number)
        .where(_terms.c.ticket_terms.op("MATCH")(together))
        .order_by(_terms.c.rowid.desc())
    )


def _texts_on_postgresql(terms: Sequence[str]) -> Select[Any]:
    having = _array.op("@>")(cast(list(terms), ARRAY(Text)))
    return select(ticket_words.c.ticket_id).where(having).order_by(ticket_words.c.number.desc())
