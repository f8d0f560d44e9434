"""Starting a plan: everybody who is named is called, and the customers' clock begins."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Contact, Person
from portal.core.actor import Actor
from portal.incidents import services as incidents
from portal.incidents.models import best_words
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
from portal.plans.services.beside import require_one_drill, running_nearby
from portal.plans.services.writing import Entry, write
from portal.tickets.models import Priority, Ticket
from portal.tickets.services import Update, add_update, prioritise, promises


@dataclass(frozen=True, slots=True)
class News:
    """What customers are told while an emergency runs."""

    words: str
    in_other: Mapping[str, str] = field(default_factory=dict)
    """What is said instead to those who read another language."""
    to_all: bool = True
    """Whether everybody reads it whose ticket is joined to the same notice."""


@dataclass(frozen=True, slots=True)
class Start:
    """How a plan is started."""

    mode: Mode
    words: str
    """What customers read at once; in a drill it is only written down."""
    ticket: Ticket | None = None
    """Where customers are told; held to be changed. A drill has none."""
    in_other: Mapping[str, str] = field(default_factory=dict)
    """What is read instead by those who read another language."""
    is_separate: bool = False
    """Whether it is meant to run beside one of the same plan for another ticket of the same organisation."""
    because: Mapping[str, str] = field(default_factory=dict)
    """By language, why the ticket goes before others from now on; its customer reads it."""


def start(session: Session, plan: EmergencyPlan, *, how: Start, by: Actor, at: datetime) -> Emergency:
    """Call everybody who is named in a plan, begin its checklist, and promise the customer's next update.

    A ticket has one that runs: whoever comes second is told ``runs-already``. So has a plan one drill: ``drill-runs``.
    """
    ticket = _require_startable(session, plan, how)
    emergency = _begin(session, plan, how.mode, ticket, by=by, at=at)
    others = 0
    if ticket is not None:
        _put_first(session, ticket, how, by=by, at=at)
        news = News(how.words, how.in_other, to_all=plan.organisation_id is None)
        others = promise_update(session, emergency, news, by=by, at=at)
    write(session, emergency, Entry(EntryKind.STARTED, how.words, {"others": others}), by=by, at=at)
    if ticket is None:
        _tell_everybody_that_it_is_a_drill(session, emergency, at)
    _call_everybody(session, emergency, plan, at=at)
    _copy_steps(session, emergency, plan, at=at)
    return emergency


def promise_update(session: Session, emergency: Emergency, news: News, *, by: Actor, at: datetime) -> int:
    """Tell the customer, and promise the next update as often as the plan says: a promise of the ledger.

    Whoever has the same problem is told it, too, as every update of an incident is; returns on how many tickets.
    """
    words, due_at = {"": news.words, **news.in_other}, at + timedelta(minutes=emergency.cadence_minutes)
    ticket_id = emergency.ticket_id
    ((ticket, locale),) = incidents.tickets_to_tell(session, [ticket_id] if ticket_id else [])
    event = add_update(session, ticket, update=Update(best_words(words, locale)), by=by, at=at)
    promises.bring_forward(session, ticket, event, due_at)
    emergency.next_update_at = min(due_at, ticket.next_due_at or due_at)
    if ticket.notice_id is None or not news.to_all:
        return 0
    update = incidents.write_update(session, ticket.notice_id, words, by=by, at=at, next_by=due_at)
    return incidents.note_told(session, update, event)


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


def _require_startable(session: Session, plan: EmergencyPlan, how: Start) -> Ticket | None:
    """Return the ticket on which a real one tells the customer; a drill has none and is always possible."""
    if how.mode is Mode.REAL and how.ticket is None:
        raise EmergencyError("needs-ticket")
    if not how.words.strip():
        raise EmergencyError("needs-words")
    ticket = how.ticket if how.mode is Mode.REAL else None
    if ticket is None:
        require_one_drill(session, plan)
        return None
    if plan.organisation_id not in (None, ticket.organisation_id):
        raise EmergencyError("not-theirs")
    # The ticket is held, so of two who start at once the second one finds the emergency of the first.
    if _runs_on(session, ticket):
        raise EmergencyError("runs-already")
    if not how.is_separate and running_nearby(session, plan, ticket) is not None:
        raise EmergencyError("runs-nearby")
    return ticket


def _put_first(session: Session, ticket: Ticket, how: Start, *, by: Actor, at: datetime) -> None:
    """Let a ticket for which a plan runs stand in the emergency lane, and tell its customer why."""
    if not ticket.is_urgent:
        ((held, locale),) = incidents.tickets_to_tell(session, [ticket.id])
        because = best_words(how.because, locale) if how.because else ""
        prioritise(session, held, priority=Priority.P1, because=because, by=by, at=at)


def _runs_on(session: Session, ticket: Ticket) -> bool:
    running = select(Emergency.id).where(Emergency.ticket_id == ticket.id, Emergency.ended_at.is_(None))
    return session.execute(running.limit(1)).first() is not None


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
