"""Writing down what happened: every change of a ticket begins with its event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal.core import typed_text
from portal.core.actor import Actor
from portal.core.db import new_id
from portal.tickets.models import Attachment, Audience, Event, EventKind, Ticket
from portal.tickets.services.agreed import agreed
from portal.tickets.services.finding import answered, make_found

PROMISES_NOTHING = frozenset(
    {
        EventKind.NOTED,
        EventKind.APOLOGISED,
        EventKind.ASSIGNED,
        EventKind.VERIFIED,
        EventKind.LINKED,
        EventKind.UNLINKED,
        EventKind.RELATED,
        EventKind.UNRELATED,
        EventKind.SPLIT,
        EventKind.SHARED,
        EventKind.UNSHARED,
        EventKind.REMINDED,
        EventKind.CONFIRMED,
        EventKind.CANCELLED,
        EventKind.CLOSED,
    }
)
"""After these nothing is promised; every other event says which policy and calendar applied to what it promised."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What is written down; the words of it are kept apart, so that they can be erased."""

    kind: EventKind
    audience: Audience = Audience.CUSTOMER
    body: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    attachments: Sequence[UUID] = ()


def record(session: Session, ticket: Ticket, what: Happening, *, by: Actor, at: datetime) -> Event:
    """Append an event to a ticket's record."""
    text = typed_text.typed(what.body, person_id=by.person_id) if what.body else None
    facts = {**what.facts, **_under(session, ticket, what.kind)}
    _count(ticket, what.audience, at)
    # Nothing is sent to the database yet: the ticket is written once, with all that follows from this.
    event = Event(
        id=new_id(),
        ticket=ticket,
        ticket_id=ticket.id,
        seq=ticket.last_seq,
        kind=what.kind,
        person_id=by.person_id,
        audience=what.audience,
        text=text,
        text_id=text.id if text else None,
        facts=facts,
        at=at,
    )
    session.add(event)
    if text is not None:
        words = answered(text.body) if what.kind is EventKind.RESOLVED else None
        make_found(session, ticket, text, audience=what.audience, words=words)
    session.add_all(
        Attachment(file_id=file_id, ticket_id=ticket.id, event=event, event_id=event.id, audience=what.audience)
        for file_id in what.attachments
    )
    return event


def _under(session: Session, ticket: Ticket, kind: EventKind) -> dict[str, str]:
    """Return what applies to the ticket now; its name stands on the ticket from now on."""
    if kind in PROMISES_NOTHING:
        return {}
    agreement = agreed(session, ticket)
    ticket.policy = agreement.policy.name
    return {"under": agreement.source}


def _count(ticket: Ticket, audience: Audience, at: datetime) -> None:
    ticket.last_seq += 1
    ticket.version += 1
    ticket.changed_at = at
    if audience == Audience.CUSTOMER:
        ticket.public_seq = ticket.last_seq
