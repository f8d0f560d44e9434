"""Making a ticket from what an interview, a call or a mail brought."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from intake.plain import canonical_json
from portal.core import references, typed_text
from portal.core.actor import Actor
from portal.core.calendar import OFFICE
from portal.core.db import new_id
from portal.core.models import TypedText
from portal.tickets import messages
from portal.tickets.models import Event, EventKind, Priority, Snapshot, Ticket, TicketKind, TicketState
from portal.tickets.services import finding, promises, solving_clock, telling
from portal.tickets.services.moves import wake_up
from portal.tickets.services.recording import Happening, record

SNAPSHOT_SCHEMA = "problem-snapshot/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Everything that a new ticket begins with."""

    title: str
    kind: TicketKind = TicketKind.PROBLEM
    """What somebody has come with; a wish is being considered from then on."""
    severity: Priority
    """What the answers suggest; it is the priority until an agent decides otherwise."""
    document: Mapping[str, Any]
    """The snapshot as a document of plain JSON, redacted."""
    schema: str = SNAPSHOT_SCHEMA
    organisation_id: UUID | None = None
    """None while nobody has verified who is asking; then only agents see it."""
    contact_id: UUID | None = None
    product_code: str = ""
    module_code: str = ""
    fault_type: str = ""
    questionnaire: str | None = None
    """Which one was filled in, by its id."""
    fingerprint: str = ""
    because: str = ""
    is_emergency: bool = False
    channel: str = "portal"
    notice_id: UUID | None = None
    parent_id: UUID | None = None
    """The ticket that this one follows up."""
    attachments: Sequence[UUID] = field(default=())


def open_ticket(session: Session, *, opening: Opening, by: Actor, at: datetime) -> Ticket:
    """Make the ticket with its number, its first event, its first promise and the message that it is received."""
    ticket = _new_ticket(session, opening, by, at)
    facts = {"channel": opening.channel, "priority": opening.severity, "is_emergency": opening.is_emergency}
    facts |= {"wish": opening.kind} if opening.kind is not TicketKind.PROBLEM else {}
    happening = Happening(EventKind.OPENED, facts=facts, attachments=opening.attachments)
    event = record(session, ticket, happening, by=by, at=at)
    document = _add_snapshot(session, ticket, event, opening.document, opening.schema)
    promises.begin(session, ticket)
    promises.promise_first_reply(session, ticket, event)
    solving_clock.follow(session, ticket, event)
    finding.make_new_found(session, ticket, document)
    telling.tell(session, ticket, messages.RECEIVED, event)
    telling.call_our_people(session, ticket, event)
    return ticket


def revise_snapshot(session: Session, ticket: Ticket, *, document: Mapping[str, Any], by: Actor, at: datetime) -> Event:
    """Put a new revision of the problem beside the earlier ones; the customer's details wake the clocks."""
    happening = Happening(EventKind.DESCRIBED, facts={"revision": ticket.revision + 1})
    event = record(session, ticket, happening, by=by, at=at)
    text = _add_snapshot(session, ticket, event, document, str(document.get("schema", SNAPSHOT_SCHEMA)))
    finding.make_snapshot_found(session, ticket, text)
    wake_up(session, ticket, event, by=by)
    return event


def _new_ticket(session: Session, opening: Opening, by: Actor, at: datetime) -> Ticket:
    title = typed_text.typed(opening.title, person_id=by.person_id)
    ticket = Ticket(
        id=new_id(),
        reference=references.ticket_reference(session, at.astimezone(OFFICE.zone).year),
        title=title,
        title_id=title.id,
        priority=opening.severity,
        state=TicketState.NEW,
        version=0,
        last_seq=0,
        public_seq=0,
        revision=0,
        opened_at=at,
        changed_at=at,
        **{name: getattr(opening, name) for name in _CARRIED_OVER},
    )
    session.add(ticket)
    return ticket


_CARRIED_OVER = (
    "kind",
    "organisation_id",
    "contact_id",
    "parent_id",
    "notice_id",
    "product_code",
    "module_code",
    "fault_type",
    "questionnaire",
    "fingerprint",
    "severity",
    "because",
    "is_emergency",
    "channel",
)


def _add_snapshot(
    session: Session, ticket: Ticket, event: Event, document: Mapping[str, Any], schema: str
) -> TypedText:
    text = typed_text.typed(canonical_json(document).decode(), person_id=event.person_id)
    ticket.revision += 1
    session.add(
        Snapshot(
            ticket=ticket,
            ticket_id=ticket.id,
            revision=ticket.revision,
            schema=schema,
            document=text,
            document_id=text.id,
            sha256=text.sha256,
            at=event.at,
        )
    )
    return text
