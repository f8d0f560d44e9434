"""The facts of a ticket that every page about it begins with."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, select

from portal.tickets.models import Decision, Priority, TicketKind, TicketState
from portal.tickets.queries.tables import (
    agent,
    agent_person,
    contact,
    contact_person,
    module,
    organisation,
    product,
    ticket,
    typed_text,
)


@dataclass(frozen=True, slots=True)
class Head:
    """A ticket's facts, with the names that belong to them."""

    id: UUID
    reference: str
    title: str
    kind: TicketKind
    decision: Decision | None
    state: TicketState
    priority: Priority
    severity: Priority
    because: str
    is_emergency: bool
    channel: str
    policy: str
    version: int
    last_seq: int
    public_seq: int
    revision: int
    organisation_id: UUID | None
    organisation_name: str | None
    contact_id: UUID | None
    contact_name: str | None
    assignee_id: UUID | None
    assignee_name: str | None
    team: str
    product_code: str
    product_names: dict[str, str] | None
    module_code: str
    module_names: dict[str, str] | None
    fault_type: str
    fingerprint: str
    parent_id: UUID | None
    notice_id: UUID | None
    wait_reason: str
    fix_version: str
    fix_on: date | None
    opened_at: datetime
    changed_at: datetime
    next_due_at: datetime | None
    accepted_due_at: datetime | None
    closes_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None

    @property
    def is_urgent(self) -> bool:
        """Whether it belongs into the emergency lane: work has stopped, or it cannot wait."""
        return self.is_emergency or self.priority is Priority.P1


_NAMED = {
    "title": typed_text.c.body.label("title"),
    "organisation_name": organisation.c.name.label("organisation_name"),
    "contact_name": contact_person.c.name.label("contact_name"),
    "assignee_name": agent_person.c.name.label("assignee_name"),
    "product_names": product.c.names.label("product_names"),
    "module_names": module.c.names.label("module_names"),
}
_NAMES = tuple(each.name for each in fields(Head))
_COLUMNS = [_NAMED[name] if name in _NAMED else ticket.c[name] for name in _NAMES]

HEADS: Select[Any] = (
    select(*_COLUMNS)
    .join(typed_text, typed_text.c.id == ticket.c.title_id)
    .outerjoin(organisation, organisation.c.id == ticket.c.organisation_id)
    .outerjoin(contact, contact.c.id == ticket.c.contact_id)
    .outerjoin(contact_person, contact_person.c.id == contact.c.person_id)
    .outerjoin(agent, agent.c.id == ticket.c.assignee_id)
    .outerjoin(agent_person, agent_person.c.id == agent.c.person_id)
    .outerjoin(product, product.c.code == ticket.c.product_code)
    .outerjoin(module, and_(module.c.product_code == ticket.c.product_code, module.c.code == ticket.c.module_code))
)
"""Tickets with their names, whoever may see them: always narrow it down with ``visible_to``."""


def head_of(row: Row[Any]) -> Head:
    """Return the facts of one row of ``HEADS``."""
    found = row._mapping  # noqa: SLF001 (SQLAlchemy's public name for it)
    return Head(
        **{
            **{name: found[name] for name in _NAMES},
            "kind": TicketKind(found["kind"]),
            "decision": Decision(found["decision"]) if found["decision"] else None,
            "state": TicketState(found["state"]),
            "priority": Priority(found["priority"]),
            "severity": Priority(found["severity"]),
        }
    )
