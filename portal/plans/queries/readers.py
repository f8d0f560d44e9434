"""In which languages those read who are told when a plan is started."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from portal.accounts.models import Contact, Organisation, Person
from portal.core.actor import Actor
from portal.core.i18n import LOCALES
from portal.tickets.models import Ticket
from portal.tickets.queries import visible_to


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads what is said on a ticket, and on those about the same problem."""

    locale: str
    """Of the contact, or of the organisation; empty while nobody has verified who it is."""
    others: list[str]
    """Other languages, in which those read whose open tickets are joined to the same notice."""


def readers_of(session: Session, actor: Actor, reference: str) -> Readers | None:
    """Return who reads what is said on a ticket; None where it isn't there or isn't theirs."""
    found = _languages(Ticket.reference == reference, visible_to(actor)).add_columns(Ticket.notice_id)
    row = session.execute(found).first()
    if row is None:
        return None
    locale = row.locale or ""
    return Readers(locale, _others(session, row.notice_id, locale) if row.notice_id else [])


def _others(session: Session, notice_id: UUID, locale: str) -> list[str]:
    found = _languages(Ticket.notice_id == notice_id, Ticket.closed_at.is_(None)).distinct()
    there = set(session.scalars(found)) - {locale}
    return [each for each in LOCALES if each in there]


def _languages(*conditions: ColumnElement[bool]) -> Select[str]:
    locale = func.coalesce(Person.locale, Organisation.locale).label("locale")
    return (
        select(locale)
        .select_from(Ticket)
        .outerjoin(Organisation, Organisation.id == Ticket.organisation_id)
        .outerjoin(Contact, Contact.id == Ticket.contact_id)
        .outerjoin(Person, Person.id == Contact.person_id)
        .where(*conditions)
    )
