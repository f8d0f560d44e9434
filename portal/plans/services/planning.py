"""Writing plans down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.plans.models import EmergencyPlan, IncidentClass, PlanContact, PlanRole, PlanStep
from portal.plans.permissions import PlanError


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody of us does, and who is called next."""

    duty: str
    agent_id: UUID
    substitute_id: UUID | None = None
    tells_customers: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the checklist, and by when it is done."""

    words: str
    within_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that a plan says."""

    name: str
    incident_class: IncidentClass
    roles: Sequence[Role]
    steps: Sequence[Step]
    organisation_id: UUID | None = None
    contacts: Sequence[UUID] = ()
    assembly_minutes: int = 15
    cadence_minutes: int = 30


def write_plan(session: Session, row: EmergencyPlan | None, *, plan: Plan, by: Actor, at: datetime) -> EmergencyPlan:
    """Keep a plan, new or changed; emergencies that run go on as they were started."""
    _require_one_who_tells(plan.roles)
    kept = row or EmergencyPlan(organisation_id=plan.organisation_id, version=0)
    kept.name, kept.incident_class = plan.name, plan.incident_class
    kept.assembly_minutes, kept.cadence_minutes = plan.assembly_minutes, plan.cadence_minutes
    kept.version, kept.changed_by, kept.changed_at = (kept.version or 0) + 1, by.person_id, at
    session.add(kept)
    session.flush()
    _replace_lines(session, kept.id, plan)
    _replace_contacts(session, kept.id, plan.contacts)
    session.flush()
    return kept


def join_drills(session: Session, link: PlanContact, *, wants: bool, at: datetime) -> None:
    """Say for oneself that joint drills may reach one, or that they may not."""
    link.joins_drills_at = (link.joins_drills_at or at) if wants else None
    session.flush()


def _require_one_who_tells(roles: Sequence[Role]) -> None:
    telling = [each for each in roles if each.tells_customers]
    if len(telling) != 1:
        raise PlanError("one-tells")
    others = {who for each in roles if not each.tells_customers for who in (each.agent_id, each.substitute_id)}
    if {telling[0].agent_id, telling[0].substitute_id} & (others - {None}):
        raise PlanError("only-tells")


def _replace_lines(session: Session, plan_id: UUID, plan: Plan) -> None:
    session.execute(delete(PlanRole).where(PlanRole.plan_id == plan_id))
    session.execute(delete(PlanStep).where(PlanStep.plan_id == plan_id))
    session.add_all(
        PlanRole(
            plan_id=plan_id,
            place=place,
            duty=role.duty,
            agent_id=role.agent_id,
            substitute_id=role.substitute_id,
            tells_customers=role.tells_customers,
        )
        for place, role in enumerate(plan.roles)
    )
    session.add_all(
        PlanStep(plan_id=plan_id, place=place, words=step.words, within_minutes=step.within_minutes)
        for place, step in enumerate(plan.steps)
    )


def _replace_contacts(session: Session, plan_id: UUID, wanted: Sequence[UUID]) -> None:
    """Name who is part of it; what somebody said about drills stays."""
    there = {
        each.contact_id: each for each in session.scalars(select(PlanContact).where(PlanContact.plan_id == plan_id))
    }
    for contact_id, link in there.items():
        if contact_id not in wanted:
            session.delete(link)
    session.add_all(
        PlanContact(plan_id=plan_id, contact_id=each) for each in dict.fromkeys(wanted) if each not in there
    )
