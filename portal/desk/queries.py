"""Reads for the desk that bring organisations, people and tickets together."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, ScalarSelect, and_, func, literal, or_, select, true
from sqlalchemy.orm import Session

from portal.accounts.models import Contact, Organisation, Person
from portal.accounts.queries import digits_of, organisations_visible_to
from portal.core.actor import Actor
from portal.outbox.models import Job, OutboxMessage
from portal.outbox.queries import DeadLetter, dead_letters
from portal.tickets.models import Snapshot, Ticket
from portal.tickets.queries import Listed, status_of, visible_to
from portal.tickets.queries.heads import HEADS, head_of
from portal.tickets.queries.tables import event, ticket, typed_text

COUNTED_UP_TO = 100
"""Counting stops here, so that a filter costs the same on a desk with ten thousand tickets; it then says 99+."""
AT_ONCE = 50
NEWEST = 30
"""Of an organisation's tickets; its page has people and installations as well."""
_IS_OPEN = ticket.c.closed_at.is_(None)
_IS_PROMISED = and_(_IS_OPEN, ticket.c.next_due_at.is_not(None))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many tickets each filter of the queue shows."""

    due: int
    mine: int
    unassigned: int
    waiting: int
    late: int


def counts(session: Session, actor: Actor, *, at: datetime) -> Counts:
    """Count the open tickets that an agent sees, in one statement."""
    row = session.execute(
        select(
            _number(actor, _IS_PROMISED).label("due"),
            _number(actor, _IS_PROMISED, ticket.c.assignee_id == actor.agent_id).label("mine"),
            _number(actor, _IS_PROMISED, ticket.c.assignee_id.is_(None)).label("unassigned"),
            _number(actor, _IS_OPEN, ticket.c.closes_at.is_not(None)).label("waiting"),
            _number(actor, _IS_PROMISED, ticket.c.next_due_at < at).label("late"),
        )
    ).one()
    return Counts(**row._mapping)  # noqa: SLF001 (SQLAlchemy's public name for it)


def _number(actor: Actor, *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    some = select(literal(1)).where(visible_to(actor), *conditions).limit(COUNTED_UP_TO).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asked for a call-back, in their own words."""

    name: str
    organisation: str
    phone: str


def callers(session: Session, tickets: Iterable[UUID]) -> dict[UUID, Caller]:
    """Return who asked for call-backs that nobody has verified yet."""
    wanted = list(tickets)
    if not wanted:
        return {}
    rows = session.execute(
        select(Snapshot.ticket_id, typed_text.c.body)
        .join(Ticket, and_(Ticket.id == Snapshot.ticket_id, Ticket.revision == Snapshot.revision))
        .join(typed_text, typed_text.c.id == Snapshot.document_id)
        .where(Snapshot.ticket_id.in_(wanted))
    )
    return {row.ticket_id: caller_of(json.loads(row.body)) for row in rows if row.body}


def caller_of(document: Mapping[str, Any]) -> Caller:
    """Return who asked for a call-back, as its snapshot says."""
    said = document.get("caller")
    given = said if isinstance(said, Mapping) else {}
    return Caller(**{each: str(given.get(each, "")) for each in ("name", "organisation", "phone")})


def contacts_like(session: Session, actor: Actor, words: str, *, limit: int = 20) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return contacts by their name, phone or organisation, to say whose call-back it is."""
    sought = words.strip()
    if not sought:
        return []
    phone = digits_of(sought)
    found = or_(
        Person.name.contains(sought, autoescape=True),
        Organisation.name.contains(sought, autoescape=True),
        Person.phone == phone if phone else Person.email == sought.lower(),
    )
    people = (
        select(Contact.id, Person.name, Person.phone, Organisation.name.label("organisation"))
        .join(Person, Person.id == Contact.person_id)
        .join(Organisation, Organisation.id == Contact.organisation_id)
        .where(found, Person.active, _is_visible(actor))
    )
    return session.execute(people.order_by(Organisation.name, Person.name, Contact.id).limit(limit)).all()


def contact_to_link(session: Session, actor: Actor, contact_id: UUID) -> Contact | None:
    """Return a contact whom an agent may see; None otherwise, whatever the reason."""
    return session.scalars(
        select(Contact)
        .join(Organisation, Organisation.id == Contact.organisation_id)
        .where(Contact.id == contact_id, _is_visible(actor))
    ).one_or_none()


def _is_visible(actor: Actor) -> ColumnElement[bool]:
    return Organisation.id.in_(organisations_visible_to(actor).with_only_columns(Organisation.id))


def organisations(
    session: Session, actor: Actor, *, words: str = "", after: str = ""
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return some organisations that an agent serves, by name, with how many of their tickets are open.

    One more than a page has is returned where there are more.
    """
    still_open = select(literal(1)).where(ticket.c.organisation_id == Organisation.id, visible_to(actor), _IS_OPEN)
    number = select(func.count()).select_from(still_open.correlate(Organisation).limit(COUNTED_UP_TO).subquery())
    return session.execute(
        organisations_visible_to(actor)
        .with_only_columns(
            Organisation.id,
            Organisation.name,
            Organisation.region,
            Organisation.tier,
            number.scalar_subquery().label("open_tickets"),
        )
        .where(
            Organisation.name.contains(words, autoescape=True) if words else true(),
            Organisation.name > after if after else true(),
        )
        .order_by(Organisation.name, Organisation.id)
        .limit(AT_ONCE + 1)
    ).all()


def organisation(session: Session, actor: Actor, organisation_id: UUID) -> Organisation | None:
    """Return an organisation that an agent serves; None otherwise, whatever the reason."""
    return session.scalars(organisations_visible_to(actor).where(Organisation.id == organisation_id)).one_or_none()


def people_of(session: Session, organisation_id: UUID, *, words: str = "") -> Sequence[Row[*tuple[Any, ...]]]:
    """Return people of an organisation, by name; one more than a page has where there are more."""
    people = (
        select(Contact.id, Contact.role, Person.name, Person.email, Person.phone)
        .join(Person, Person.id == Contact.person_id)
        .where(
            Contact.organisation_id == organisation_id,
            Person.active,
            Person.name.contains(words, autoescape=True) if words else true(),
        )
    )
    return session.execute(people.order_by(Person.name, Contact.id).limit(AT_ONCE + 1)).all()


def contact_of(session: Session, organisation_id: UUID, contact_id: UUID) -> UUID | None:
    """Return a contact who works at an organisation and may be written to; None otherwise."""
    people = select(Contact.id).join(Person, Person.id == Contact.person_id)
    here = (Contact.id == contact_id, Contact.organisation_id == organisation_id, Person.active)
    return session.execute(people.where(*here)).scalar()


def tickets_of(session: Session, actor: Actor, organisation_id: UUID) -> list[Listed]:
    """Return an organisation's newest tickets."""
    rows = session.execute(
        HEADS.where(visible_to(actor), ticket.c.organisation_id == organisation_id)
        .order_by(ticket.c.opened_at.desc(), ticket.c.id.desc())
        .limit(NEWEST)
    )
    heads = [head_of(row) for row in rows]
    return [Listed(head, status_of(head)) for head in heads]


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
