"""Tickets in whose texts words stand: the latest texts with a word are looked at, and never more than some of them."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Select,
    Text,
    and_,
    cast,
    column,
    exists,
    false,
    func,
    literal_column,
    select,
    table,
    true,
    union,
    union_all,
)

from portal.core.actor import Actor
from portal.core.terms import words_of
from portal.tickets.models import Audience, scope_of
from portal.tickets.queries.tables import ticket, ticket_words

MOST_TEXTS = 200
"""The latest texts with a word that are looked at; who finds more than these needs another word."""
_FOUND = (ticket_words.c.ticket_id, ticket_words.c.text_id)
_terms = table("ticket_terms", column("rowid"), column("ticket_terms"))
"""On SQLite, the full-text table beside the words; the column of its own name stands for all of it."""
_array: ColumnElement[Any] = literal_column("string_to_array(ticket_words.terms, ' ')")
"""On PostgreSQL, what the index of the words is made of, as it is written there."""
_LATELY = ((1_024, 8), (65_536, 2))
"""How much PostgreSQL looks at before it looks at more: how many texts stand in a stretch, and how many stretches."""
_LAST = select(func.max(ticket_words.c.number).label("number")).cte("last_text").prefix_with("MATERIALIZED")
"""On PostgreSQL, the number of the latest text, looked up once for all that is said of it."""


def having(dialect: str, typed: str, actor: Actor) -> Iterator[ColumnElement[bool]]:
    """Yield what a ticket has to meet: each word stands in some text of it that somebody may read."""
    words, scope = words_of(typed), _scope(actor)
    if typed and (not words or scope is None):
        yield false()
        return
    asked = [[*(scope or ()), *word] for word in words]
    if len(asked) > 1:
        # What has all of them in one text may not be among the latest with any of them.
        asked.append(list(dict.fromkeys(term for word in asked for term in word)))
    found = [_latest(dialect, terms, actor).cte(f"word_{number}") for number, terms in enumerate(asked)]
    if len(found) == 1:
        yield ticket.c.id.in_(select(found[0].c.ticket_id))
    elif found:
        yield ticket.c.id.in_(union(*(select(each.c.ticket_id) for each in found)))
        yield from (_stands_in_a_text(terms, actor) for terms in asked[:-1])


def texts_having(dialect: str, typed: str, actor: Actor) -> Select[Any] | None:
    """Return the latest texts that have every word together, with their tickets; None for no words, or for nobody."""
    terms, scope = [term for word in words_of(typed) for term in word], _scope(actor)
    if not terms or scope is None:
        return None
    return _latest(dialect, list(dict.fromkeys((*scope, *terms))), actor)


def _scope(actor: Actor) -> list[str] | None:
    """Return the terms that keep a search inside an organisation; None for somebody who finds nothing."""
    if actor.is_agent:
        return []
    return [scope_of(actor.organisation_id)] if actor.is_customer and actor.organisation_id else None


def _readable(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a text is one that somebody may read."""
    return true() if actor.is_agent else ticket_words.c.audience == Audience.CUSTOMER


def _stands_in_a_text(terms: Sequence[str], actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a ticket has a text with these terms; only for tickets that are few already."""
    between_spaces = " " + ticket_words.c.terms + " "
    stands = and_(*(between_spaces.contains(f" {term} ") for term in terms))
    return exists().where(ticket_words.c.ticket_id == ticket.c.id, _readable(actor), stands)


def _latest(dialect: str, terms: Sequence[str], actor: Actor) -> Select[Any]:
    if dialect == "sqlite":
        return _latest_on_sqlite(terms).where(_readable(actor)).limit(MOST_TEXTS)
    return _latest_on_postgresql(terms, _readable(actor))


def _latest_on_sqlite(terms: Sequence[str]) -> Select[Any]:
    together = " AND ".join(f'"{term}"' for term in terms)
    return (
        select(*_FOUND)
        .join(_terms, _terms.c.rowid == ticket_words.c.number)
        .where(_terms.c.ticket_terms.op("MATCH")(together))
        .order_by(_terms.c.rowid.desc())
    )


def _latest_on_postgresql(terms: Sequence[str], readable: ColumnElement[bool]) -> Select[Any]:
    """Look at the latest texts, then at more, then at all: each only where those before it had too few.

    The index can't answer in the order of the texts. Asked for all that have a word which stands everywhere, it would
    have each of them read.
    """
    number, parts = ticket_words.c.number, []
    before: ColumnElement[bool] = true()
    for lately in (*_LATELY, None):
        recent = _is_in_latest(*lately) if lately else true()
        texts = select(*_FOUND).where(_array.op("@>")(cast(list(terms), ARRAY(Text))), recent, before, readable)
        # Not by the number itself: for that, texts would be read one after the other, until there are enough.
        parts.append(texts.order_by((number + 0).desc()).limit(MOST_TEXTS))
        before = number < _first_of_latest(*lately) if lately else before
    together = union_all(*parts).subquery()
    return select(together.c.ticket_id, together.c.text_id).limit(MOST_TEXTS).add_cte(_LAST)


def _is_in_latest(size: int, stretches: int) -> ColumnElement[bool]:
    """Return the condition that a text stands in one of the latest stretches, as the index has it."""
    latest = ", ".join(f"number / {size} - {each}" for each in range(stretches))
    return literal_column(
        f"(ARRAY[ticket_words.number / {size}]) && (SELECT ARRAY[{latest}] FROM last_text)",  # noqa: S608 (our own numbers)
        Boolean(),
    )


def _first_of_latest(size: int, stretches: int) -> ColumnElement[int]:
    before = stretches - 1
    return literal_column(f"(SELECT (number / {size} - {before}) * {size} FROM last_text)")  # noqa: S608 (our own numbers)
