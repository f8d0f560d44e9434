"""Warning our own people: whoever takes care of a ticket before a promise is due, the lead when it was missed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Organisation, Person
from portal.chat import services as chat
from portal.core.actor import Role
from portal.outbox import services as outbox
from portal.tickets import messages
from portal.tickets.models import Promise, Ticket
from portal.tickets.services import promises

MOST_LEADS = 20


def warn(session: Session, ticket: Ticket, *, at: datetime) -> int:
    """Warn of every promise of which four fifths have passed; returns of how many."""
    near = [each for each in promises.open_promises(session, ticket) if each.warns_at and each.warns_at <= at]
    _tell(session, messages.DUE_SOON, near, _carers(session, ticket), at)
    for promise in near:
        chat.announce(session, ticket.organisation_id, about=messages.DUE_SOON, subject_id=promise.id, at=at)
    ticket.warns_at = None
    promises.refresh(session, ticket, at=at)
    return len(near)


def tell_leads(session: Session, ticket: Ticket, missed: Sequence[Promise], *, at: datetime) -> None:
    """Tell the lead of promises that were missed."""
    _tell(session, messages.OVERDUE, missed, _leads(session, ticket), at)


def _tell(session: Session, kind: str, found: Sequence[Promise], people: Sequence[UUID], at: datetime) -> None:
    outbox.queue_all(
        session,
        (messages.about(kind, event_id=promise.id, person_id=person) for promise in found for person in people),
        at=at,
    )


def _carers(session: Session, ticket: Ticket) -> Sequence[UUID]:
    """Return the agent of a ticket; while it has none, the organisation's named engineer, and failing that the lead."""
    if ticket.assignee_id is not None:
        found = session.scalars(_active().where(Agent.id == ticket.assignee_id)).all()
    else:
        found = session.scalars(
            _active()
            .join(Organisation, Organisation.named_agent_id == Agent.id)
            .where(Organisation.id == ticket.organisation_id)
        ).all()
    return found or _leads(session, ticket)


def _leads(session: Session, ticket: Ticket) -> Sequence[UUID]:
    """Return the service manager of a ticket's organisation; where it has none, the admins."""
    manager = (
        _active()
        .join(Organisation, Organisation.service_manager_id == Agent.id)
        .where(Organisation.id == ticket.organisation_id)
    )
    admins = _active().where(Agent.role == Role.ADMIN).order_by(Agent.id).limit(MOST_LEADS)
    return session.scalars(manager).all() or session.scalars(admins).all()


def _active() -> Select[UUID]:
    return select(Person.id).join(Agent, Agent.person_id == Person.id).where(Person.active)
