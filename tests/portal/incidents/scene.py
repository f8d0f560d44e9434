"""Ten hospitals that report the same within ten minutes."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Contact, Organisation
from portal.core import clock
from portal.core.actor import Actor
from portal.incidents.models import Surge
from portal.incidents.services import Watching
from portal.tickets.models import Priority, Ticket
from portal.tickets.services import Opening, open_ticket
from tests.factories import a_contact, a_product, an_agent, an_installation, an_organisation, as_actor

MINUTE = timedelta(minutes=1)
KIND = {"product_code": "his", "module_code": "orders", "questionnaire": "his-fault", "fingerprint": "e1"}


@dataclass
class Scene:
    """Everybody who is there."""

    session: Session
    hospitals: list[Organisation]
    contacts: list[Contact]
    agent: Agent
    second: Agent

    def actor(self, who: Contact | Agent) -> Actor:
        """Return one of them as the person acting."""
        return as_actor(self.session, who)

    def report(self, number: int, *, minutes_ago: int = 5, **values: Any) -> Ticket:
        """Let a hospital report it."""
        contact = self.contacts[number]
        everything: dict[str, Any] = {**KIND, **values}
        opening = Opening(
            title="Nothing is saved",
            severity=Priority.P3,
            document={"schema": "problem-snapshot/1"},
            organisation_id=contact.organisation_id,
            contact_id=contact.id,
            **everything,
        )
        at = clock.now() - minutes_ago * MINUTE
        ticket = open_ticket(self.session, opening=opening, by=self.actor(contact), at=at)
        self.session.flush()
        return ticket

    def report_all(self) -> list[Ticket]:
        """Let every hospital report it."""
        return [self.report(number, minutes_ago=10 - number) for number in range(len(self.contacts))]

    def look(self, *, minutes_later: int = 0) -> list[Surge]:
        """Let the clock look, and return what was ever suspected."""
        Watching()(self.session, at=clock.now() + minutes_later * MINUTE)
        self.session.flush()
        return list(self.session.scalars(select(Surge).order_by(Surge.raised_at)))


def a_scene(session: Session) -> Scene:
    """Make ten hospitals that run the same, and two leads."""
    his = a_product(session, "his", {"en": "HIS", "zh_Hans": "门诊系统"}, orders="Writing orders")
    hospitals = [an_organisation(session, f"Hospital {number}") for number in range(10)]
    for each in hospitals:
        an_installation(session, each, his)
    contacts = [a_contact(session, each, name=f"Nurse of {each.name}") for each in hospitals]
    return Scene(session, hospitals, contacts, an_agent(session, "Chen Li"), an_agent(session, "Wang Min"))
