"""Telling customers that they can read what was learned; of a closed drill nobody hears."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Contact, Person
from portal.core.actor import Actor, Role
from portal.outbox import services as outbox
from portal.plans import messages
from portal.plans.models import Emergency, Mode, PlanContact
from portal.plans.services.starting import joining
from portal.tickets import messages as ticket_messages
from portal.tickets.models import EventKind, Ticket
from portal.tickets.services import telling
from portal.tickets.services.recording import Happening, record


def tell_readers(session: Session, emergency: Emergency, *, by: Actor, at: datetime) -> None:
    """Tell whoever follows the ticket, on the ticket itself; by mail those named in the plan, and the managers.

    A joint drill has no ticket, and is told of to those who take part.
    """
    told = _tell_followers(session, emergency, by=by, at=at)
    people = set(joining(session, emergency)) if emergency.mode == Mode.JOINT else _concerned(session, emergency)
    others = sorted(people - told)
    outbox.queue_all(session, (messages.looked_back(emergency.id, each) for each in others), at=at)


def _tell_followers(session: Session, emergency: Emergency, *, by: Actor, at: datetime) -> set[UUID]:
    if emergency.ticket_id is None:
        return set()
    ticket = session.get_one(Ticket, emergency.ticket_id, with_for_update=True)
    facts = {"emergency_id": str(emergency.id)}
    event = record(session, ticket, Happening(EventKind.LOOKED_BACK, facts=facts), by=by, at=at)
    telling.tell(session, ticket, ticket_messages.UPDATE, event)
    return set(telling.followers(session, ticket))


def _concerned(session: Session, emergency: Emergency) -> set[UUID]:
    """Return who at the organisation is named in the plan of a real emergency, and its managers."""
    if emergency.mode != Mode.REAL:
        return set()
    named = and_(PlanContact.contact_id == Contact.id, PlanContact.plan_id == emergency.plan_id)
    return set(
        session.scalars(
            select(Contact.person_id)
            .join(Person, Person.id == Contact.person_id)
            .outerjoin(PlanContact, named)
            .where(
                Contact.organisation_id == emergency.organisation_id,
                Person.active,
                or_(Contact.role == Role.MANAGER, PlanContact.contact_id.is_not(None)),
            )
        )
    )
