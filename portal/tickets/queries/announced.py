"""What an organisation's chat group may hear about a ticket: its number and its times, nothing that anybody typed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal.tickets.models import Audience
from portal.tickets.queries.heads import HEADS, Head, head_of
from portal.tickets.queries.tables import event, promise, promise_outcome, ticket


@dataclass(frozen=True, slots=True)
class Announced:
    """A ticket, and the time that a message about it is of."""

    ticket: Head
    due_at: datetime | None


def announced_event(session: Session, event_id: UUID, organisation_id: UUID) -> Announced | None:
    """Return the ticket of an event that customers see; None where it is not the organisation's."""
    promised = (
        select(promise.c.due_at).where(promise.c.event_id == event_id).order_by(promise.c.due_at).limit(1)
    ).scalar_subquery()
    found = HEADS.add_columns(promised.label("promised_at")).join(event, event.c.ticket_id == ticket.c.id)
    return _announced(session, found, organisation_id, event.c.id == event_id, event.c.audience == Audience.CUSTOMER)


def announced_promise(session: Session, promise_id: UUID, organisation_id: UUID) -> Announced | None:
    """Return the ticket of a promise that is still open."""
    found = HEADS.add_columns(promise.c.due_at.label("promised_at")).join(promise, promise.c.ticket_id == ticket.c.id)
    has_ended = select(promise_outcome.c.promise_id).where(promise_outcome.c.promise_id == promise.c.id).exists()
    return _announced(session, found, organisation_id, promise.c.id == promise_id, ~has_ended)


def _announced(
    session: Session, found: Any, organisation_id: UUID, *conditions: ColumnElement[bool]
) -> Announced | None:
    row = session.execute(found.where(ticket.c.organisation_id == organisation_id, *conditions)).first()
    return Announced(head_of(row), row.promised_at) if row else None
