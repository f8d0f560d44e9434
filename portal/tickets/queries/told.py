"""What a mail about a ticket may say: events for customers alone, to people who still see the ticket."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.tickets.models import Audience, EventKind, PromiseKind
from portal.tickets.queries.heads import HEADS, Head, head_of
from portal.tickets.queries.tables import contact, event, participant, person, promise, ticket, typed_text


@dataclass(frozen=True, slots=True)
class Told:
    """An event as its mail tells it."""

    ticket: Head
    kind: EventKind
    at: datetime
    who: str
    body: str
    due_at: datetime | None
    """What was promised with it."""
    is_solution_late: bool = False
    """Whether it is a solution that was promised and is not there."""
    goes_on_in: str = ""
    """The number of the report in which we go on, where this one ended as the same."""


_said = typed_text.alias("said")
_follower = contact.alias("follower")
_EVENT_OF_TICKET = (
    HEADS.add_columns(
        event.c.kind.label("event_kind"),
        event.c.at.label("event_at"),
        event.c.facts.label("event_facts"),
        _said.c.body.label("event_body"),
        _said.c.erased_at.label("event_erased_at"),
        person.c.name.label("event_who"),
        select(promise.c.due_at)
        .where(promise.c.event_id == event.c.id)
        .order_by(promise.c.due_at)
        .limit(1)
        .scalar_subquery()
        .label("event_due_at"),
    )
    .join(event, event.c.ticket_id == ticket.c.id)
    .outerjoin(_said, _said.c.id == event.c.text_id)
    .outerjoin(person, person.c.id == event.c.person_id)
    .where(event.c.audience == Audience.CUSTOMER)
)


def told(session: Session, event_id: UUID, person_id: UUID) -> Told | None:
    """Return an event for somebody's mail; None for what they may not see, not any more, or what was erased."""
    shared = select(participant.c.ticket_id).where(
        participant.c.contact_id == _follower.c.id, participant.c.revoked_at.is_(None)
    )
    follows = (
        select(_follower.c.id)
        .where(_follower.c.person_id == person_id, _follower.c.organisation_id == ticket.c.organisation_id)
        .where(or_(_follower.c.id == ticket.c.contact_id, ticket.c.id.in_(shared)))
        .exists()
    )
    row = session.execute(_EVENT_OF_TICKET.where(event.c.id == event_id, follows)).first()
    if row is None or row.event_erased_at is not None:
        return None
    return Told(
        ticket=head_of(row),
        kind=EventKind(row.event_kind),
        at=row.event_at,
        who=row.event_who or "",
        body=row.event_body or "",
        due_at=row.event_due_at,
        is_solution_late=row.event_facts.get("kind") == PromiseKind.RESOLUTION,
        goes_on_in=row.event_facts.get("goes_on_in", ""),
    )
