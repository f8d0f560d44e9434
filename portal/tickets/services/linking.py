"""Tickets that belong together: both of them tell so, and nothing moves silently."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.tickets import messages
from portal.tickets.models import Event, EventKind, LinkKind, Priority, Ticket, TicketLink
from portal.tickets.permissions import Action, require_action
from portal.tickets.services import telling
from portal.tickets.services.joining import LinkError, between, join, noted
from portal.tickets.services.opening import Opening, open_ticket
from portal.tickets.services.recording import Happening, record


@dataclass(frozen=True, slots=True)
class Part:
    """What goes on in a ticket of its own."""

    title: str
    words: str
    """What the customer reads about it on the ticket that it was a part of."""
    document: Mapping[str, Any]
    """The description, which is the same until somebody adds to it."""
    priority: Priority
    """How soon the part needs us; what the whole needs is no reason."""


def relate(session: Session, ticket: Ticket, *, other: Ticket, by: Actor, at: datetime) -> list[Event]:
    """Link two tickets; each tells colleagues of the other."""
    require_action(ticket, Action.NOTE, by=by, at=at)
    if ticket.id == other.id:
        raise LinkError("same")
    if session.execute(select(TicketLink.kind).where(between(ticket, other))).first():
        raise LinkError("already")
    join(session, ticket, other, LinkKind.RELATED, by=by, at=at)
    return _tell_both(session, EventKind.RELATED, ticket, other, by=by, at=at)


def unrelate(session: Session, ticket: Ticket, *, other: Ticket, by: Actor, at: datetime) -> list[Event]:
    """Take a link between two tickets back; what was split or ended as the same stays linked."""
    require_action(ticket, Action.NOTE, by=by, at=at)
    is_theirs = (between(ticket, other), TicketLink.kind == LinkKind.RELATED)
    if not session.execute(select(TicketLink.kind).where(*is_theirs)).first():
        raise LinkError("not-linked")
    session.execute(delete(TicketLink).where(*is_theirs))
    return _tell_both(session, EventKind.UNRELATED, ticket, other, by=by, at=at)


def split(session: Session, ticket: Ticket, *, part: Part, by: Actor, at: datetime) -> Ticket:
    """Let a part of a ticket go on in a ticket of its own, with its own promises; the customer is told of both."""
    require_action(ticket, Action.UPDATE, by=by, at=at)
    made = open_ticket(session, opening=_opening(ticket, part), by=by, at=at)
    made.assignee_id, made.team = ticket.assignee_id, ticket.team
    session.flush()
    join(session, ticket, made, LinkKind.SPLIT, by=by, at=at)
    happening = Happening(EventKind.SPLIT, body=part.words, facts={"ticket": made.reference})
    event = record(session, ticket, happening, by=by, at=at)
    record(session, made, noted(EventKind.RELATED, ticket, LinkKind.SPLIT), by=by, at=at)
    telling.tell(session, ticket, messages.UPDATE, event)
    return made


def _tell_both(
    session: Session, kind: EventKind, one: Ticket, other: Ticket, *, by: Actor, at: datetime
) -> list[Event]:
    """Let each of two tickets tell colleagues of the other."""
    pairs = ((one, other), (other, one))
    return [record(session, each, noted(kind, another, LinkKind.RELATED), by=by, at=at) for each, another in pairs]


def _opening(ticket: Ticket, part: Part) -> Opening:
    return Opening(
        title=part.title,
        severity=part.priority,
        document=part.document,
        schema=str(part.document.get("schema", "")) or "problem-snapshot/1",
        organisation_id=ticket.organisation_id,
        contact_id=ticket.contact_id,
        product_code=ticket.product_code,
        module_code=ticket.module_code,
        fault_type=ticket.fault_type,
        fingerprint=ticket.fingerprint,
        because=ticket.because if part.priority == ticket.priority else "",
        is_emergency=ticket.is_emergency and part.priority == Priority.P1,
        channel=ticket.channel,
    )
