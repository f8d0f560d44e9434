"""What there is in the world that is dangerous: surges, plans, and what was learned from emergencies."""

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.accounts.models import Organisation, Person
from portal.core import clock
from portal.incidents.models import Surge
from portal.notices.models import Notice
from portal.plans import services as plans
from portal.plans.models import Emergency, EmergencyAction, EmergencyPlan, IncidentClass, Mode
from portal.plans.services import Agreed, Lessons, Plan, Role, Start, Step
from tests.world.people import People

_SOON = timedelta(minutes=30)


def enter(session: Session, people: People) -> dict[str, str]:
    """Make everything that is dangerous, and return what stands in its addresses."""
    a_surge(session, people)
    draft = session.scalars(select(Notice).where(Notice.code == "N-2026-draft")).one()
    written = {
        "all": a_plan(session, people, "all"),
        "ours": a_plan(session, people, "ours", people.ours, "customer"),
        "theirs": a_plan(session, people, "theirs", people.theirs, "other"),
    }
    drills = {name: a_drill(session, people, written[name], name) for name in ("ours", "theirs")}
    drills["over"] = ended_without_lessons(session, people, written["all"])
    # A plan has one drill at a time; the others can still be started.
    drills["running"] = a_running_emergency(session, people, a_plan(session, people, "practised"))
    return {
        "surge:declared": a_surge(session, people, draft, fingerprint="e2"),
        **{f"plan:{name}": str(each.id) for name, each in written.items()},
        **{f"emergency:{name}": str(each.id) for name, each in drills.items()},
        **{f"emergency-action:{name}": action_of(session, drills[name]) for name in ("ours", "theirs")},
    }


def a_surge(session: Session, people: People, notice: Notice | None = None, **values: str) -> str:
    """Make something suspected, or declared where a notice is named; returns its id."""
    at = clock.now()
    row = Surge(
        **{"product_code": "his", "module_code": "orders", "fault_type": "his-fault", "fingerprint": "e1", **values},
        organisations=12,
        raised_at=at,
    )
    if notice is not None:
        row.notice_id, row.declared_by = notice.id, people.agents["agent"].person_id
        row.declared_at, row.next_update_at = at, at + _SOON
    session.add(row)
    session.flush()
    return str(row.id)


def a_plan(
    session: Session, people: People, name: str, only: Organisation | None = None, contact: str = ""
) -> EmergencyPlan:
    """Write a plan, for everybody or agreed with one organisation."""
    agents = people.agents
    wanted = Plan(
        name=f"Plan zz-plan-{name}-zz" if only else "Plan for everybody",
        incident_class=IncidentClass.OUTAGE,
        roles=[Role("", agents["agent"].id, tells_customers=True), Role("Leads", agents["second"].id)],
        steps=[Step("Look at the disk", 5)],
        organisation_id=only.id if only else None,
        contacts=[people.contacts[contact].id] if contact else [],
    )
    return plans.write_plan(session, None, plan=wanted, by=people.actor(session, "admin"), at=clock.now())


def a_drill(session: Session, people: People, plan: EmergencyPlan, name: str) -> Emergency:
    """Practise a plan with those who take part, up to what was learned."""
    by, at = people.actor(session, "agent"), clock.now()
    emergency = plans.start(session, plan, how=Start(Mode.JOINT, "We are on it."), by=by, at=at)
    plans.end(session, emergency, by=by, at=at)
    actions = [Agreed("Buy one", at.date() + timedelta(days=9))]
    lessons = Lessons("A disk", "Watch it", f"Summary zz-lesson-{name}-zz", actions)
    plans.look_back(session, emergency, lessons=lessons, by=by, at=at)
    return emergency


def a_running_emergency(session: Session, people: People, plan: EmergencyPlan) -> Emergency:
    """Start a drill that has not ended; its banner is taken off, for its link would differ from page to page."""
    by, at = people.actor(session, "agent"), clock.now()
    emergency = plans.start(session, plan, how=Start(Mode.CLOSED, "We are on it."), by=by, at=at)
    session.execute(update(Person).values(drill_id=None))
    return emergency


def action_of(session: Session, emergency: Emergency) -> str:
    """Return the id of what is done because of an emergency."""
    return str(session.scalars(select(EmergencyAction.id).where(EmergencyAction.emergency_id == emergency.id)).one())


def ended_without_lessons(session: Session, people: People, plan: EmergencyPlan) -> Emergency:
    """Practise a plan and end it; nobody has looked back yet."""
    by, at = people.actor(session, "agent"), clock.now()
    emergency = plans.start(session, plan, how=Start(Mode.CLOSED, "We are on it."), by=by, at=at)
    plans.end(session, emergency, by=by, at=at)
    return emergency
