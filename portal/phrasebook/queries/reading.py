"""In which language somebody reads what is written to them."""

from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import Session

from portal.accounts.models import Contact, Organisation, Person


def language_of(session: Session, contact_id: UUID | ScalarSelect[Any] | None) -> str | None:
    """Return the language in which a contact reads: their own choice, or their organisation's."""
    row = session.execute(
        select(Person.locale, Organisation.locale.label("theirs"))
        .select_from(Contact)
        .join(Person, Person.id == Contact.person_id)
        .join(Organisation, Organisation.id == Contact.organisation_id)
        .where(Contact.id == contact_id)
    ).first()
    return (row.locale or row.theirs) if row else None
