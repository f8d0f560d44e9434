"""Who is on the phone, and whose call-back it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Contact, Organisation, Person
from portal.accounts.queries import digits_of, organisations_visible_to
from portal.core.actor import Actor
from portal.phrasebook.queries import language_of
from portal.tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asked for a call-back, in their own words."""

    name: str
    organisation: str
    phone: str


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


def language_of_reader(session: Session, reference: str) -> str | None:
    """Return the language in which the contact of a ticket reads, by the ticket's number."""
    return language_of(session, select(Ticket.contact_id).where(Ticket.reference == reference).scalar_subquery())
