"""Descriptions of a problem, without the rest of the ticket."""

import json
from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.tickets.queries.tables import snapshot, ticket, typed_text
from portal.tickets.queries.visibility import visible_to


def description_of(session: Session, reference: str, actor: Actor) -> dict[str, Any] | None:
    """Return a ticket's latest description, empty where it was erased; None if it isn't there or isn't theirs."""
    row = session.execute(
        select(typed_text.c.body)
        .select_from(ticket)
        .outerjoin(snapshot, (snapshot.c.ticket_id == ticket.c.id) & (snapshot.c.revision == ticket.c.revision))
        .outerjoin(typed_text, typed_text.c.id == snapshot.c.document_id)
        .where(ticket.c.reference == reference, visible_to(actor))
    ).first()
    if row is None:
        return None
    return json.loads(row.body) if row.body else {}


def documents_of(session: Session, ticket_id: UUID, revisions: Collection[int]) -> dict[int, dict[str, Any]]:
    """Return the documents of some revisions of a ticket that was found already; what was erased is empty."""
    rows = session.execute(
        select(snapshot.c.revision, typed_text.c.body)
        .join(typed_text, typed_text.c.id == snapshot.c.document_id)
        .where(snapshot.c.ticket_id == ticket_id, snapshot.c.revision.in_(sorted(revisions)))
    )
    return {row.revision: json.loads(row.body) if row.body else {} for row in rows}
