"""Starting a plan: everybody who is named is called, and the customers' clock begins."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Contact, Person
from portal.core.actor import Actor
from portal.outbox import services as outbox
from portal.plans import messages
from portal.plans.models import (
    Emergency,
    EmergencyCall,
    EmergencyPlan,
    EmergencyStep,
    EntryKind,
    Mode,
    PlanContact,
    PlanRole,
    PlanStep,
)
from portal.plans.permissions import EmergencyError
from portal.plans.services.writing import Entry, write
from portal.tickets.models import Ticket
from portal.tickets.services import Update, add_update, promises


@dataclass(frozen=True, slots=True)
class Start:
    """How a plan is started."""

    mode: Mode
    words: str
    """What customers read at once; in a drill it is only written down."""
    ticket: Ticket | None = None
    """Where customers are told; held to be changed. A drill has none."""


def start(session: Session, plan: EmergencyPlan, *, how: Start, by: Actor, at: datetime) -> Emergency:
    """Call everybody who is named in a plan, begin its checklist, and promise the customer's next update."""
    is_real = how.mode is Mode.REAL
    if is_real and how.ticket is None:
        raise EmergencyError("needs-ticket")
    if not how.words.strip():
        raise EmergencyError("needs-words")
    ticket = how.ticket if is_real else None
    if ticket is not None and plan.organisation_id not in (None, ticket.organisation_id):
        raise EmergencyError("not-theirs")
    emergency = _begin(session, plan, how.mode, ticket, by=by, at=at)
    entry = write(session, emergency, Entry(EntryKind.STARTED, how.words), by=by, at=at)
    if ticket is not None:
        promise_update(session, emergency, ticket, how.words, by=by, at=at)
    else:
        _tell_everybody_that_it_is_a_drill(session, emergency, entry.at)
    _call_everybody(session, emergency, plan, at=at)
    _copy_steps(session, emergency, plan, at=at)
    return emergency


def promise_update(
    session: Session, emergency: Emergency, ticket: Ticket, words: str, *, by: Actor, at: datetime
) -> None:
    """Tell the customer, and promise the next update as often as the plan says: a promise of the ledger."""
    event = add_update(session, ticket, update=Update(words), by=by, at=at)
    due_at = at + timedelta(minutes=emergency.cadence_minutes)
    promises.bring_forward(session, ticket, event, due_at)
    emergency.next_update_at = min(due_at, ticket.next_due_at or due_at)


def call(
    session: Session, emergency: Emergency, role: PlanRole | EmergencyCall, agent_id: UUID, *, at: datetime
) -> None:
    """Call somebody of us for a role."""
    row = EmergencyCall(
        emergency_id=emergency.id,
        place=role.place,
        duty=role.duty,
        tells_customers=role.tells_customers,
        agent_id=agent_id,
        substitute_id=role.substitute_id if role.substitute_id != agent_id else None,
        called_at=at,
        answer_by=at + (emergency.assemble_by - emergency.started_at),
    )
    session.add(row)
    session.flush()
    person_id = session.scalars(select(Agent.person_id).where(Agent.id == agent_id)).one()
    outbox.queue(session, messages.called(row.id, person_id), at=at)


def joining(session: Session, emergency: Emergency) -> list[UUID]:
    """Return the people at the organisation whom a joint drill reaches; in a closed one there is nobody."""
    if emergency.mode != Mode.JOINT:
        return []
    return list(
        session.scalars(
            select(Person.id)
            .join(Contact, Contact.person_id == Person.id)
            .join(PlanContact, PlanContact.contact_id == Contact.id)
            .where(
                PlanContact.plan_id == emergency.plan_id,
                PlanContact.joins_drills_at.is_not(None),
                Contact.organisation_id == emergency.organisation_id,
                Person.active,
            )
            .order_by(Person.id)
        )
    )


def _begin(
    session: Session, plan: EmergencyPlan, mode: Mode, ticket: Ticket | None, *, by: Actor, at: datetime
) -> Emergency:
    emergency = Emergency(
        plan_id=plan.id,
        organisation_id=ticket.organisation_id if ticket else plan.organisation_id,
        ticket_id=ticket.id if ticket else None,
        mode=mode,
        cadence_minutes=plan.cadence_minutes,
        started_by=by.person_id,
        started_at=at,
        assemble_by=at + timedelta(minutes=plan.assembly_minutes),
        next_update_at=at + timedelta(minutes=plan.cadence_minutes),
        last_seq=0,
    )
    session.add(emergency)
    session.flush()
    return emergency


def _tell_everybody_that_it_is_a_drill(session: Session, emergency: Emergency, at: datetime) -> None:
    """Put the banner on the pages of everybody in support and of those who take part, and tell the latter."""
    outside = joining(session, emergency)
    support = select(Agent.person_id)
    session.execute(update(Person).where(Person.id.in_(support) | Person.id.in_(outside)).values(drill_id=emergency.id))
    outbox.queue_all(session, (messages.drill_begins(emergency.id, each) for each in outside), at=at)


def _call_everybody(session: Session, emergency: Emergency, plan: EmergencyPlan, *, at: datetime) -> None:
    roles = session.scalars(select(PlanRole).where(PlanRole.plan_id == plan.id).order_by(PlanRole.place)).all()
    for role in roles:
        call(session, emergency, role, role.agent_id, at=at)


def _copy_steps(session: Session, emergency: Emergency, plan: EmergencyPlan, *, at: datetime) -> None:
    steps = session.scalars(select(PlanStep).where(PlanStep.plan_id == plan.id).order_by(PlanStep.place)).all()
    session.add_all(
        EmergencyStep(
            emergency_id=emergency.id,
            place=step.place,
            words=step.words,
            due_at=at + timedelta(minutes=step.within_minutes),
        )
        for step in steps
    )
    session.flush()
