"""Reads of emergencies and drills."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, select, true
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import Agent, Organisation, Person
from portal.core.actor import Actor
from portal.core.db import READERS_KEPT
from portal.core.models import TypedText
from portal.notices.models import Notice
from portal.plans.models import (
    AfterAction,
    Emergency,
    EmergencyAction,
    EmergencyCall,
    EmergencyEntry,
    EmergencyPlan,
    EmergencyStep,
    EntryKind,
    Mode,
)
from portal.plans.queries.visibility import emergencies_visible_to
from portal.tickets.models import Ticket, TicketState
from portal.tickets.permissions import ENDED

AT_ONCE = 50
MOST_LINES = 500
_SOLVED = frozenset({TicketState.RESOLVED, *ENDED})
_Head = Row[Emergency, str, UUID | None, str, str, TicketState, UUID | None, str]
_Heads = Select[Emergency, str, UUID | None, str, str, TicketState, UUID | None, str]


@dataclass(frozen=True, slots=True)
class CallLine:
    """Somebody who was called."""

    duty: str
    name: str
    agent_id: UUID
    tells_customers: bool
    substitute_id: UUID | None
    called_at: datetime
    answer_by: datetime
    answered_at: datetime | None
    passed_on_at: datetime | None


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of the log."""

    kind: EntryKind
    name: str
    """Empty for the clock."""
    words: str
    facts: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class ActionLine:
    """Something that is done because of what was learned."""

    id: UUID
    words: str
    due_at: datetime | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned."""

    cause: str
    prevention: str
    summary: str
    at: datetime


@dataclass(slots=True)
class EmergencyPage:
    """An emergency or a drill, with everything about it."""

    id: UUID
    plan_id: UUID
    plan_name: str
    organisation_name: str
    reference: str
    """Of the ticket on which customers are told; empty for a drill."""
    is_solved: bool
    """Whether that ticket is solved, or has ended."""
    mode: Mode
    started_at: datetime
    assemble_by: datetime
    assembled_at: datetime | None
    next_update_at: datetime | None
    ended_at: datetime | None
    cadence_minutes: int
    organisation_id: UUID | None
    notice_id: UUID | None
    """The notice about the problem, to which others' tickets are joined, too."""
    notice_code: str
    is_agreed_with_one: bool
    """Whether the plan is that of one organisation."""
    calls: list[CallLine] = field(default_factory=list)
    steps: list[EmergencyStep] = field(default_factory=list)
    log: list[LogLine] = field(default_factory=list)
    actions: list[ActionLine] = field(default_factory=list)
    learned: Learned | None = None

    def late_steps(self, at: datetime) -> list[EmergencyStep]:
        """Return the lines of the checklist that were not done in time, whatever became of them later."""
        until = self.ended_at or at
        return [each for each in self.steps if each.due_at < (each.done_at or until)]

    @property
    def steps_in_time(self) -> int:
        """How many lines of the checklist were done in time."""
        return sum(each.done_at is not None and each.done_at <= each.due_at for each in self.steps)

    def log_with_late_steps(self, at: datetime) -> list[LogLine]:
        """Return the log, the newest first, and in it what was not done when its time came."""
        late = [LogLine(EntryKind.STEP_LATE, "", "", {"step": each.words}, each.due_at) for each in self.late_steps(at)]
        return sorted([*self.log, *late], key=lambda line: line.at, reverse=True)

    @property
    def is_drill(self) -> bool:
        """Whether it is not real."""
        return self.mode != Mode.REAL


def emergencies(session: Session, actor: Actor, *, is_running: bool) -> list[EmergencyPage]:
    """Return the emergencies that somebody sees, the latest first: those that run, or those that have ended."""
    return [head(row) for row in session.execute(_emergencies(actor, is_running=is_running))]


@lru_cache(maxsize=READERS_KEPT)
def _emergencies(actor: Actor, *, is_running: bool) -> _Heads:
    ended = Emergency.ended_at.is_(None) if is_running else Emergency.ended_at.is_not(None)
    wanted = HEADS.where(ended, emergencies_visible_to(actor))
    return wanted.order_by(Emergency.started_at.desc(), Emergency.id).limit(AT_ONCE)


def emergency_page(session: Session, actor: Actor, emergency_id: UUID) -> EmergencyPage | None:
    """Return an emergency with everything about it; None if it isn't there or isn't theirs."""
    row = session.execute(HEADS.where(Emergency.id == emergency_id, emergencies_visible_to(actor))).first()
    if row is None:
        return None
    page = head(row)
    page.calls, page.log = _calls(session, emergency_id), _log(session, emergency_id)
    steps = select(EmergencyStep).where(EmergencyStep.emergency_id == emergency_id)
    page.steps = list(session.scalars(steps.order_by(EmergencyStep.place)))
    page.actions, page.learned = actions(session, emergency_id), learned(session, emergency_id)
    return page


def summary_page(session: Session, actor: Actor, emergency_id: UUID) -> EmergencyPage | None:
    """Return what customers read about an emergency: what was learned and what is done; None where that isn't there."""
    return _summary(session, emergency_id, emergencies_visible_to(actor))


def summary_for_paper(session: Session, emergency_id: UUID) -> EmergencyPage | None:
    """Return what is printed about an emergency, for whoever was allowed to ask for it."""
    return _summary(session, emergency_id, true())


def _summary(session: Session, emergency_id: UUID, may_see: ColumnElement[bool]) -> EmergencyPage | None:
    row = session.execute(HEADS.where(Emergency.id == emergency_id, may_see)).first()
    if row is None:
        return None
    page = head(row)
    page.learned, page.actions = learned(session, emergency_id), actions(session, emergency_id)
    return page if page.learned else None


def emergency_to_change(session: Session, actor: Actor, emergency_id: UUID) -> Emergency | None:
    """Return an emergency to change, held until the transaction ends; None if it isn't there or isn't theirs."""
    found = select(Emergency).where(Emergency.id == emergency_id, emergencies_visible_to(actor))
    return session.scalars(found.with_for_update()).one_or_none()


def step_of(session: Session, emergency_id: UUID, place: int) -> EmergencyStep | None:
    """Return a line of an emergency's checklist, held to be changed."""
    return session.get(EmergencyStep, (emergency_id, place), with_for_update=True)


def actions(session: Session, emergency_id: UUID) -> list[ActionLine]:
    """Return what is done because of what was learned."""
    rows = session.execute(
        select(EmergencyAction, TypedText.body)
        .join(TypedText, TypedText.id == EmergencyAction.text_id)
        .where(EmergencyAction.emergency_id == emergency_id)
        .order_by(EmergencyAction.id)
    )
    return [ActionLine(row[0].id, row[1], row[0].next_due_at, row[0].done_at) for row in rows]


def learned(session: Session, emergency_id: UUID) -> Learned | None:
    """Return what was learned from an emergency; None while nobody has looked back."""
    cause, prevention, summary = aliased(TypedText), aliased(TypedText), aliased(TypedText)
    row = session.execute(
        select(cause.body, prevention.body, summary.body, AfterAction.at)
        .select_from(AfterAction)
        .join(cause, cause.id == AfterAction.cause_id)
        .join(prevention, prevention.id == AfterAction.prevention_id)
        .join(summary, summary.id == AfterAction.summary_id)
        .where(AfterAction.emergency_id == emergency_id)
    ).first()
    return Learned(*row) if row else None


HEADS: _Heads = (
    select(
        Emergency,
        EmergencyPlan.name,
        EmergencyPlan.organisation_id.label("agreed_with"),
        Organisation.name.label("organisation"),
        Ticket.reference,
        Ticket.state,
        Ticket.notice_id,
        Notice.code,
    )
    .join(EmergencyPlan, EmergencyPlan.id == Emergency.plan_id)
    .outerjoin(Organisation, Organisation.id == Emergency.organisation_id)
    .outerjoin(Ticket, Ticket.id == Emergency.ticket_id)
    .outerjoin(Notice, Notice.id == Ticket.notice_id)
)


def head(row: _Head) -> EmergencyPage:
    """Return an emergency without what stands in it."""
    found, plan_name, agreed_with, organisation_name, reference, state, notice_id, notice_code = row
    return EmergencyPage(
        id=found.id,
        plan_id=found.plan_id,
        plan_name=plan_name,
        organisation_name=organisation_name or "",
        reference=reference or "",
        is_solved=state in _SOLVED,
        mode=Mode(found.mode),
        started_at=found.started_at,
        assemble_by=found.assemble_by,
        assembled_at=found.assembled_at,
        next_update_at=found.next_update_at,
        ended_at=found.ended_at,
        cadence_minutes=found.cadence_minutes,
        organisation_id=found.organisation_id,
        notice_id=notice_id,
        notice_code=notice_code or "",
        is_agreed_with_one=agreed_with is not None,
    )


def _calls(session: Session, emergency_id: UUID) -> list[CallLine]:
    rows = session.execute(
        select(EmergencyCall, Person.name)
        .join(Agent, Agent.id == EmergencyCall.agent_id)
        .join(Person, Person.id == Agent.person_id)
        .where(EmergencyCall.emergency_id == emergency_id)
        .order_by(EmergencyCall.place, EmergencyCall.called_at, EmergencyCall.id)
    ).all()
    return [
        CallLine(
            each.duty,
            name,
            each.agent_id,
            each.tells_customers,
            each.substitute_id,
            each.called_at,
            each.answer_by,
            each.answered_at,
            each.passed_on_at,
        )
        for each, name in rows
    ]


def _log(session: Session, emergency_id: UUID) -> list[LogLine]:
    rows = session.execute(
        select(EmergencyEntry, Person.name, TypedText.body)
        .outerjoin(Person, Person.id == EmergencyEntry.person_id)
        .outerjoin(TypedText, TypedText.id == EmergencyEntry.text_id)
        .where(EmergencyEntry.emergency_id == emergency_id)
        .order_by(EmergencyEntry.seq.desc())
        .limit(MOST_LINES)
    )
    return [LogLine(EntryKind(each.kind), name or "", body or "", each.facts, each.at) for each, name, body in rows]
