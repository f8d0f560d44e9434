"""A hospital with a plan of its own, and everybody who is named in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Contact, Organisation
from portal.core import clock
from portal.core.actor import Actor, Role
from portal.incidents import services as incidents
from portal.notices.models import ActionNeeded, Notice, NoticeKind, NoticeScope
from portal.notices.services import Facts, start_notice
from portal.outbox.models import OutboxMessage
from portal.plans import services
from portal.plans.models import Emergency, EmergencyCall, EmergencyPlan, IncidentClass, Mode, PlanContact
from portal.plans.services import Plan, Start, Step
from portal.plans.services import Role as PlanRole
from portal.tickets.models import Priority, Ticket
from portal.tickets.services import Opening, open_ticket
from tests.factories import a_contact, a_product, an_agent, an_organisation, as_actor

MINUTE = timedelta(minutes=1)


@dataclass
class Scene:
    """Everybody who is there."""

    session: Session
    hospital: Organisation
    elsewhere: Organisation
    it_head: Contact
    nurse: Contact
    stranger: Contact
    lead: Agent
    teller: Agent
    substitute: Agent
    admin: Agent
    plan: EmergencyPlan

    def actor(self, who: Contact | Agent) -> Actor:
        """Return one of them as the person acting."""
        return as_actor(self.session, who)

    def ticket(self, who: Contact | None = None) -> Ticket:
        """Let the IT head, or somebody else, report that nothing works."""
        contact = who or self.it_head
        opening = Opening(
            title="Nothing works",
            severity=Priority.P1,
            document={"schema": "problem-snapshot/1"},
            organisation_id=contact.organisation_id,
            contact_id=contact.id,
            product_code="his",
        )
        return open_ticket(self.session, opening=opening, by=self.actor(contact), at=clock.now())

    def start(self, mode: Mode = Mode.CLOSED) -> Emergency:
        """Start the plan."""
        ticket = self.ticket() if mode is Mode.REAL else None
        how = Start(mode, "We are on it.", ticket)
        return services.start(self.session, self.plan, how=how, by=self.actor(self.lead), at=clock.now())

    def join(self, contact: Contact) -> None:
        """Let somebody take part in drills."""
        link = self.session.get_one(PlanContact, (self.plan.id, contact.id))
        services.join_drills(self.session, link, wants=True, at=clock.now())

    def calls(self, emergency: Emergency) -> Sequence[EmergencyCall]:
        """Return who was called, in order."""
        found = select(EmergencyCall).where(EmergencyCall.emergency_id == emergency.id)
        return self.session.scalars(found.order_by(EmergencyCall.place, EmergencyCall.called_at)).all()

    def letters(self, *kinds: str) -> list[OutboxMessage]:
        """Return what is to be delivered of some kinds."""
        return list(self.session.scalars(select(OutboxMessage).where(OutboxMessage.kind.in_(kinds))))

    def later(self, minutes: int) -> datetime:
        """Return a moment after now."""
        return clock.now() + minutes * MINUTE


def a_plan(lead: Agent, teller: Agent, substitute: Agent, **values: Any) -> Plan:
    """Return what a plan says."""
    return Plan(
        **{
            "name": "Nothing works at Qinghe",
            "incident_class": IncidentClass.OUTAGE,
            "roles": [
                PlanRole("", teller.id, tells_customers=True),
                PlanRole("Leads", lead.id, substitute.id),
            ],
            "steps": [Step("Call the IT head", 5), Step("Switch to the spare database", 20)],
            **values,
        }
    )


def a_scene(session: Session) -> Scene:
    """Make a hospital with a plan."""
    a_product(session)
    hospital, elsewhere = an_organisation(session), an_organisation(session, "Songlin Clinic")
    it_head = a_contact(session, hospital, name="Tang Xiuying", role=Role.MANAGER, email="it@hospital.example")
    nurse = a_contact(session, hospital, name="Lin Xiaoyan", email="nurse@hospital.example")
    stranger = a_contact(session, elsewhere, name="Zhou Min")
    lead, teller, substitute = (an_agent(session, name) for name in ("Chen Li", "Wang Min", "Zhao Gang"))
    admin = an_agent(session, "Li Na", role=Role.ADMIN)
    wanted = a_plan(lead, teller, substitute, organisation_id=hospital.id, contacts=[it_head.id, nurse.id])
    plan = services.write_plan(session, None, plan=wanted, by=as_actor(session, admin), at=clock.now())
    return Scene(session, hospital, elsewhere, it_head, nurse, stranger, lead, teller, substitute, admin, plan)


def a_draft(scene: Scene) -> Notice:
    """Begin the notice about it."""
    facts = Facts(
        kind=NoticeKind.INCIDENT,
        scope=NoticeScope.CUSTOMERS,
        action=ActionNeeded.NONE,
        expires_on=scene.later(60 * 24 * 7).date(),
        products=[],
        source_language="en",
    )
    return start_notice(scene.session, facts, by=scene.actor(scene.lead), at=clock.now())


def join(scene: Scene, notice: Notice, *tickets: Ticket) -> None:
    """Join tickets to a notice."""
    incidents.link(scene.session, notice.id, [each.id for each in tickets], by=scene.actor(scene.lead), at=clock.now())
