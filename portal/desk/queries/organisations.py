"""Organisations with their people and their tickets."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, literal, select, true
from sqlalchemy.orm import Session

from portal.accounts.models import Contact, Organisation, Person
from portal.accounts.queries import organisations_visible_to
from portal.core.actor import Actor
from portal.tickets.queries import Listed, status_of, visible_to
from portal.tickets.queries.heads import HEADS, head_of
from portal.tickets.queries.tables import ticket

AT_ONCE = 50
NEWEST = 30
"""Of an organisation's tickets; its page has people and installations as well."""
_COUNTED_UP_TO = 100
_IS_OPEN = ticket.c.closed_at.is_(None)


def organisations(
    session: Session, actor: Actor, *, words: str = "", after: str = ""
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return some organisations that an agent serves, by name, with how many of their tickets are open.

    One more than a page has is returned where there are more.
    """
    still_open = select(literal(1)).where(ticket.c.organisation_id == Organisation.id, visible_to(actor), _IS_OPEN)
    number = select(func.count()).select_from(still_open.correlate(Organisation).limit(_COUNTED_UP_TO).subquery())
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
