"""Tickets that resemble one: by the trace of their error text, by the part of the product, by the version."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, select, union
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.db import READERS_KEPT
from portal.tickets.models import EventKind
from portal.tickets.queries import Listed, TicketPage, status_of, visible_to
from portal.tickets.queries.among import among
from portal.tickets.queries.heads import HEADS, Head, head_of
from portal.tickets.queries.tables import event, snapshot, ticket, typed_text
from portal.tickets.services import Resolution

LOOKED_AT = 8
"""Of each way to be alike, the newest; among them are those that are shown."""
SHOWN = 5
_WAYS = (("fingerprint",), ("product_code", "module_code"))
"""What tickets that are alike have in common: one of these."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A ticket that resembles another."""

    listed: Listed
    has_same_error: bool
    has_same_version: bool
    version: str
    resolution: Resolution | None
    """How it was solved, where it was."""


def alike_to(session: Session, actor: Actor, found: TicketPage) -> list[Alike]:
    """Return the tickets that resemble one most, open and solved ones, in one statement."""
    head = found.ticket
    ways = tuple(way for way in _WAYS if all(getattr(head, name) for name in way))
    if not ways:
        return []
    values = {name: getattr(head, name) for name in ("id", *(name for way in ways for name in way))}
    rows = session.execute(_alike_in(actor, ways), values).all()
    version = version_of(found.snapshot.document if found.snapshot else {})
    alike = [_alike(row, head, version) for row in rows]
    return sorted(alike, key=_closeness, reverse=True)[:SHOWN]


def version_of(document: Mapping[str, Any]) -> str:
    """Return the version of the product that a description names; nothing where it names none."""
    product = document.get("product")
    return str(product.get("version") or "") if isinstance(product, Mapping) else ""


_document = typed_text.alias("document")
SOLUTION = (
    select(typed_text.c.body)
    .join(event, event.c.text_id == typed_text.c.id)
    .where(event.c.ticket_id == ticket.c.id, event.c.kind == EventKind.RESOLVED)
    .order_by(event.c.seq.desc())
    .limit(1)
    .correlate(ticket)
    .scalar_subquery()
)
"""The words with which a ticket was solved last."""
_WITH_SOLUTION = (
    HEADS.add_columns(_document.c.body.label("document"), SOLUTION.label("solution"))
    .outerjoin(snapshot, (snapshot.c.ticket_id == ticket.c.id) & (snapshot.c.revision == ticket.c.revision))
    .outerjoin(_document, _document.c.id == snapshot.c.document_id)
)


@lru_cache(maxsize=READERS_KEPT)
def _alike_in(actor: Actor, ways: Sequence[Sequence[str]]) -> Select[Any]:
    """Return what finds the newest tickets that are alike in some way, each way read from an index and cut short."""
    newest = select(ticket.c.id).where(visible_to(actor), ticket.c.id != bindparam("id"))
    newest = newest.order_by(ticket.c.opened_at.desc(), ticket.c.id.desc()).limit(LOOKED_AT)
    found = [newest.where(*(ticket.c[name] == bindparam(name) for name in way)).subquery() for way in ways]
    ids = union(*(select(each.c.id) for each in found)).subquery()
    return _WITH_SOLUTION.where(among(ticket.c.id, select(ids.c.id)))


def _alike(row: Row[Any], head: Head, version: str) -> Alike:
    other = head_of(row)
    theirs = version_of(json.loads(row.document)) if row.document else ""
    is_solved = other.resolved_at is not None and row.solution
    return Alike(
        listed=Listed(other, status_of(other)),
        has_same_error=bool(head.fingerprint) and other.fingerprint == head.fingerprint,
        has_same_version=bool(version) and theirs == version,
        version=theirs,
        resolution=Resolution.from_text(row.solution) if is_solved else None,
    )


def _closeness(each: Alike) -> tuple[bool, bool, bool, datetime]:
    return (each.has_same_error, each.has_same_version, each.resolution is not None, each.listed.ticket.opened_at)
