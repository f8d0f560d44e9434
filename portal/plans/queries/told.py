"""Reads for the words of mails: who was called, and whom a joint drill may reach."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Contact
from portal.core.models import TypedText
from portal.plans.models import (
    AfterAction,
    Emergency,
    EmergencyCall,
    EmergencyEntry,
    EmergencyPlan,
    EntryKind,
    Mode,
    PlanContact,
)


@dataclass(frozen=True, slots=True)
class Called:
    """A call, as its mail says it."""

    emergency_id: UUID
    plan_name: str
    duty: str
    tells_customers: bool
    answer_by: datetime
    is_drill: bool
    has_ended: bool
    is_settled: bool
    """Whether there is nothing to answer any more."""


@dataclass(frozen=True, slots=True)
class Drill:
    """What a contact who takes part in a joint drill reads."""

    plan_name: str
    words: str


@dataclass(frozen=True, slots=True)
class LookedBack:
    """An emergency or a joint drill of which somebody at the organisation can read what was learned."""

    plan_name: str
    started_at: datetime
    is_drill: bool


def looked_back_for(session: Session, emergency_id: UUID, person_id: UUID) -> LookedBack | None:
    """Return what somebody at the organisation can read of; None for a closed drill, and for whoever may not."""
    row = session.execute(
        select(EmergencyPlan.name, Emergency.started_at, Emergency.mode)
        .join(Emergency, Emergency.plan_id == EmergencyPlan.id)
        .join(AfterAction, AfterAction.emergency_id == Emergency.id)
        .join(Contact, Contact.organisation_id == Emergency.organisation_id)
        .outerjoin(PlanContact, and_(PlanContact.plan_id == EmergencyPlan.id, PlanContact.contact_id == Contact.id))
        .where(
            Emergency.id == emergency_id,
            Contact.person_id == person_id,
            or_(
                Emergency.mode == Mode.REAL,
                and_(Emergency.mode == Mode.JOINT, PlanContact.joins_drills_at.is_not(None)),
            ),
        )
    ).first()
    return LookedBack(row.name, row.started_at, row.mode != Mode.REAL) if row else None


def called(session: Session, call_id: UUID) -> Called | None:
    """Return a call; None where it is gone."""
    row = session.execute(
        select(EmergencyCall, Emergency.mode, Emergency.ended_at, EmergencyPlan.name)
        .join(Emergency, Emergency.id == EmergencyCall.emergency_id)
        .join(EmergencyPlan, EmergencyPlan.id == Emergency.plan_id)
        .where(EmergencyCall.id == call_id)
    ).first()
    if row is None:
        return None
    call, mode, ended_at, name = row
    return Called(
        emergency_id=call.emergency_id,
        plan_name=name,
        duty=call.duty,
        tells_customers=call.tells_customers,
        answer_by=call.answer_by,
        is_drill=mode != Mode.REAL,
        has_ended=ended_at is not None,
        is_settled=ended_at is not None or call.answered_at is not None,
    )


def drill_for(session: Session, subject_id: UUID, person_id: UUID) -> Drill | None:
    """Return what a person reads of a joint drill, by its id or that of a line of its log.

    None for everything that isn't a joint drill, and for everybody who hasn't said that they take part: whatever
    was queued, this is what stands between a drill and a customer.
    """
    row = session.execute(
        select(EmergencyPlan.name, TypedText.body)
        .join(Emergency, Emergency.plan_id == EmergencyPlan.id)
        .join(EmergencyEntry, EmergencyEntry.emergency_id == Emergency.id)
        .join(TypedText, TypedText.id == EmergencyEntry.text_id)
        .join(PlanContact, PlanContact.plan_id == EmergencyPlan.id)
        .join(Contact, Contact.id == PlanContact.contact_id)
        .where(
            Emergency.mode == Mode.JOINT,
            PlanContact.joins_drills_at.is_not(None),
            Contact.person_id == person_id,
            Contact.organisation_id == Emergency.organisation_id,
            or_(
                EmergencyEntry.id == subject_id,
                and_(Emergency.id == subject_id, EmergencyEntry.kind == EntryKind.STARTED),
            ),
        )
    ).first()
    return Drill(row.name, row.body) if row else None
