"""Reads of plans."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import Agent, Contact, Organisation, Person
from portal.accounts.queries import organisations_visible_to
from portal.core.actor import Actor
from portal.plans.models import EmergencyPlan, IncidentClass, PlanContact, PlanRole, PlanStep
from portal.plans.queries.visibility import visible_to

AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role of a plan, with names."""

    duty: str
    agent_id: UUID
    agent_name: str
    substitute_id: UUID | None
    substitute_name: str
    tells_customers: bool


@dataclass(frozen=True, slots=True)
class StepLine:
    """A line of a plan's checklist."""

    words: str
    within_minutes: int


@dataclass(frozen=True, slots=True)
class ContactLine:
    """Somebody at the organisation who is part of its plan."""

    contact_id: UUID
    name: str
    phone: str
    joins_drills: bool


@dataclass(slots=True)
class PlanPage:
    """A plan with everything that it says."""

    id: UUID
    name: str
    incident_class: IncidentClass
    organisation_id: UUID | None
    organisation_name: str
    locale: str
    """In which the organisation reads that it is agreed with; empty for a plan for everybody."""
    assembly_minutes: int
    cadence_minutes: int
    changed_at: datetime
    roles: list[RoleLine] = field(default_factory=list)
    steps: list[StepLine] = field(default_factory=list)
    contacts: list[ContactLine] = field(default_factory=list)


def plans(session: Session, actor: Actor, *, organisation_id: UUID | None = None) -> list[PlanPage]:
    """Return the plans that somebody sees, by name, without what stands in them."""
    wanted = _PLANS.where(visible_to(actor)).order_by(Organisation.name.is_not(None), EmergencyPlan.name)
    if organisation_id is not None:
        wanted = wanted.where(EmergencyPlan.organisation_id == organisation_id)
    return [_page(row) for row in session.execute(wanted.limit(AT_ONCE))]


def plan_page(session: Session, actor: Actor, plan_id: UUID) -> PlanPage | None:
    """Return a plan with everything in it; None if it isn't there or isn't theirs."""
    row = session.execute(_PLANS.where(EmergencyPlan.id == plan_id, visible_to(actor))).first()
    if row is None:
        return None
    page = _page(row)
    page.roles = _roles(session, plan_id)
    page.steps = [
        StepLine(each.words, each.within_minutes)
        for each in session.scalars(select(PlanStep).where(PlanStep.plan_id == plan_id).order_by(PlanStep.place))
    ]
    page.contacts = _contacts(session, plan_id)
    return page


def plan_to_change(session: Session, actor: Actor, plan_id: UUID) -> EmergencyPlan | None:
    """Return a plan to change or to start, held until the transaction ends; None if it isn't there or isn't theirs."""
    found = select(EmergencyPlan).where(EmergencyPlan.id == plan_id, visible_to(actor))
    return session.scalars(found.with_for_update()).one_or_none()


def own_link(session: Session, actor: Actor, plan_id: UUID) -> PlanContact | None:
    """Return how a contact is part of a plan; None where they aren't."""
    found = (
        select(PlanContact)
        .join(EmergencyPlan, EmergencyPlan.id == PlanContact.plan_id)
        .where(PlanContact.plan_id == plan_id, PlanContact.contact_id == actor.contact_id, visible_to(actor))
    )
    return session.scalars(found.with_for_update(of=PlanContact)).one_or_none()


def joined(session: Session, actor: Actor) -> dict[UUID, bool]:
    """Return the plans that name a contact, and whether drills may reach them."""
    rows = session.execute(
        select(PlanContact.plan_id, PlanContact.joins_drills_at).where(PlanContact.contact_id == actor.contact_id)
    )
    return {row.plan_id: row.joins_drills_at is not None for row in rows}


def agents(session: Session) -> Sequence[tuple[UUID, str]]:
    """Return everybody in support whom a plan may name, by name."""
    rows = session.execute(
        select(Agent.id, Person.name)
        .join(Person, Person.id == Agent.person_id)
        .where(Person.active)
        .order_by(Person.name, Agent.id)
    )
    return [(row.id, row.name) for row in rows]


def organisation_name(session: Session, actor: Actor, organisation_id: UUID | None) -> str:
    """Return what an organisation is called that an agent serves; empty where there is none."""
    if organisation_id is None:
        return ""
    found = organisations_visible_to(actor).with_only_columns(Organisation.name)
    return session.execute(found.where(Organisation.id == organisation_id)).scalar() or ""


def contacts_of(session: Session, organisation_id: UUID | None) -> Sequence[tuple[UUID, str]]:
    """Return whom a plan may name at an organisation, by name."""
    if organisation_id is None:
        return []
    rows = session.execute(
        select(Contact.id, Person.name)
        .join(Person, Person.id == Contact.person_id)
        .where(Contact.organisation_id == organisation_id, Person.active)
        .order_by(Person.name, Contact.id)
        .limit(AT_ONCE)
    )
    return [(row.id, row.name) for row in rows]


_PLANS = select(EmergencyPlan, Organisation.name, Organisation.locale).outerjoin(
    Organisation, Organisation.id == EmergencyPlan.organisation_id
)


def _page(row: Row[EmergencyPlan, str, str]) -> PlanPage:
    plan, organisation_name, locale = row
    return PlanPage(
        id=plan.id,
        name=plan.name,
        incident_class=IncidentClass(plan.incident_class),
        organisation_id=plan.organisation_id,
        organisation_name=organisation_name or "",
        locale=locale or "",
        assembly_minutes=plan.assembly_minutes,
        cadence_minutes=plan.cadence_minutes,
        changed_at=plan.changed_at,
    )


def _roles(session: Session, plan_id: UUID) -> list[RoleLine]:
    first, second = aliased(Agent), aliased(Agent)
    name, other = aliased(Person), aliased(Person)
    rows = session.execute(
        select(PlanRole, name.name, other.name.label("substitute"))
        .join(first, first.id == PlanRole.agent_id)
        .join(name, name.id == first.person_id)
        .outerjoin(second, second.id == PlanRole.substitute_id)
        .outerjoin(other, other.id == second.person_id)
        .where(PlanRole.plan_id == plan_id)
        .order_by(PlanRole.place)
    )
    return [
        RoleLine(
            row.PlanRole.duty,
            row.PlanRole.agent_id,
            row.name,
            row.PlanRole.substitute_id,
            row.substitute or "",
            row.PlanRole.tells_customers,
        )
        for row in rows
    ]


def _contacts(session: Session, plan_id: UUID) -> list[ContactLine]:
    rows = session.execute(
        select(Contact.id, Person.name, Person.phone, PlanContact.joins_drills_at)
        .join(PlanContact, PlanContact.contact_id == Contact.id)
        .join(Person, Person.id == Contact.person_id)
        .where(PlanContact.plan_id == plan_id)
        .order_by(Person.name, Contact.id)
    )
    return [ContactLine(row.id, row.name, row.phone or "", row.joins_drills_at is not None) for row in rows]
