"""Earlier descriptions of a problem."""

import json
from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.tickets.queries.tables import snapshot, typed_text


def documents_of(session: Session, ticket_id: UUID, revisions: Collection[int]) -> dict[int, dict[str, Any]]:
    """Return the documents of some revisions of a ticket that was found already; what was erased is empty."""
    rows = session.execute(
        select(snapshot.c.revision, typed_text.c.body)
        .join(typed_text, typed_text.c.id == snapshot.c.document_id)
        .where(snapshot.c.ticket_id == ticket_id, snapshot.c.revision.in_(sorted(revisions)))
    )
    return {row.revision: json.loads(row.body) if row.body else {} for row in rows}
