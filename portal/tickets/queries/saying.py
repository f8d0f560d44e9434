"""Where agents told customers something in certain words."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.tickets.models import Audience, EventKind
from portal.tickets.queries.having import texts_having
from portal.tickets.queries.tables import agent, event, ticket, typed_text
from portal.tickets.queries.visibility import visible_to


@dataclass(frozen=True, slots=True)
class Told:
    """What an agent told a customer, on which ticket, and when."""

    reference: str
    words: str
    at: datetime


def told_with(session: Session, actor: Actor, typed: str) -> Sequence[Told]:
    """Return what agents told customers with these words, the latest first.

    Only the latest texts with them are looked at, whoever wrote those.
    """
    latest = texts_having(session.get_bind().dialect.name, typed, actor)
    if latest is None:
        return ()
    having = latest.cte("having")
    rows = session.execute(
        select(ticket.c.reference, event.c.kind, event.c.at, typed_text.c.body)
        .select_from(having)
        .join(event, (event.c.ticket_id == having.c.ticket_id) & (event.c.text_id == having.c.text_id))
        .join(agent, agent.c.person_id == event.c.person_id)
        .join(ticket, ticket.c.id == event.c.ticket_id)
        .join(typed_text, typed_text.c.id == event.c.text_id)
        .where(event.c.audience == Audience.CUSTOMER, visible_to(actor), typed_text.c.erased_at.is_(None))
        .order_by(event.c.at.desc(), event.c.id.desc())
    )
    return [Told(row.reference, _words(row.kind, row.body), row.at) for row in rows]


def _words(kind: str, body: str) -> str:
    """Return what was told; of a solution all its parts."""
    return "\n".join(json.loads(body).values()) if kind == EventKind.RESOLVED else body
