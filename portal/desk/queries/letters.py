"""What could not be delivered, and for whom it was."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from portal.accounts.models import Contact, Person
from portal.core.actor import Actor
from portal.outbox.models import Job, OutboxMessage
from portal.outbox.queries import DeadLetter, dead_letters
from portal.tickets.queries import visible_to
from portal.tickets.queries.tables import event, ticket


@dataclass(frozen=True, slots=True)
class Letter:
    """A message or document that was given up, with the name of whom it was for."""

    dead: DeadLetter
    name: str


def letters(session: Session, actor: Actor) -> list[Letter]:
    """Return what was given up, as far as an agent may know for whom it was."""
    found = dead_letters(session)
    names = _recipients(session, actor, {each.person_id for each in found if each.person_id})
    return [
        Letter(each, names.get(each.person_id, "") if each.person_id else "")
        for each in found
        if not actor.is_limited or each.person_id in names
    ]


def may_see_letter(session: Session, actor: Actor, letter_id: UUID) -> bool:
    """Whether a message or document is there, and an agent may know for whom it is."""
    message = session.get(OutboxMessage, letter_id)
    if not actor.is_limited:
        return message is not None or session.get(Job, letter_id) is not None
    person_id = message.person_id if message else None
    return person_id is not None and person_id in _recipients(session, actor, {person_id})


def references_of(session: Session, actor: Actor, events: Iterable[UUID]) -> dict[UUID, str]:
    """Return the reference of the ticket that each event belongs to, where an agent may see it."""
    rows = session.execute(
        select(event.c.id, ticket.c.reference)
        .join(ticket, ticket.c.id == event.c.ticket_id)
        .where(event.c.id.in_(list(events)), visible_to(actor))
    )
    return {row.id: row.reference for row in rows}


def _recipients(session: Session, actor: Actor, people: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of those whom an agent may see: limited ones the people of their organisations."""
    seen = Contact.organisation_id.in_(sorted(actor.organisations or ())) if actor.is_limited else true()
    rows = session.execute(
        select(Person.id, Person.name)
        .outerjoin(Contact, Contact.person_id == Person.id)
        .where(Person.id.in_(list(people)), seen)
    )
    return {row.id: row.name for row in rows}
