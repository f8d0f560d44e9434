"""What a manager decides about colleagues: what they may do, what they see, and that they are gone."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts.models import Contact, Organisation, Person
from portal.accounts.services.people import PersonError, end_all_sessions
from portal.core.actor import Actor, Role, SeeScope
from portal.core.audit import note_audit


def change_contact(
    session: Session, contact: Contact, *, role: Role, see_scope: SeeScope, by: Actor, at: datetime
) -> None:
    """Decide what somebody may do and see; raises PersonError ``last-manager`` where nobody would manage any more."""
    if role != Role.MANAGER:
        _require_another_manager(session, contact)
    pairs = {"role": (contact.role, role), "sees": (contact.see_scope, see_scope)}
    facts = {name: [was, now] for name, (was, now) in pairs.items() if was != now}
    contact.role, contact.see_scope = role, see_scope
    if facts:
        note_audit(session, "change-contact", subject=contact, by=by, at=at, **facts)


def disable_contact(session: Session, contact: Contact, *, by: Actor, at: datetime) -> None:
    """Take somebody's way in, everywhere and at once; what they wrote stays."""
    _require_another_manager(session, contact)
    session.get_one(Person, contact.person_id).active = False
    end_all_sessions(session, person_id=contact.person_id, at=at)
    note_audit(session, "disable-contact", subject=contact, by=by, at=at)


def _require_another_manager(session: Session, contact: Contact) -> None:
    """Refuse to leave an organisation with nobody who manages it; two managers at once take their turn."""
    session.execute(select(Organisation.id).where(Organisation.id == contact.organisation_id).with_for_update())
    if contact.role != Role.MANAGER:
        return
    others = session.execute(
        select(func.count())
        .select_from(Contact)
        .join(Person, Person.id == Contact.person_id)
        .where(
            Contact.organisation_id == contact.organisation_id,
            Contact.role == Role.MANAGER,
            Contact.id != contact.id,
            Person.active,
        )
    )
    if not others.scalar_one():
        raise PersonError("last-manager")
