"""People and tickets that the tests of tickets begin with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Contact, Organisation
from portal.core import clock
from portal.core.actor import Actor, Role
from portal.tickets import services
from portal.tickets.models import Priority, Ticket
from tests import factories

DOCUMENT = {
    "schema": "problem-snapshot/1",
    "product": {"product": "his", "version": "5.5.1"},
    "impact": {"scope": "ward"},
}
SignInAs = Callable[[Contact | Agent], FlaskClient]


@dataclass
class Cast:
    """A contact, a colleague, their manager, somebody elsewhere, an agent."""

    session: Session
    organisation: Organisation
    tang: Contact
    colleague: Contact
    manager: Contact
    stranger: Contact
    agent: Agent

    def actor(self, who: Contact | Agent) -> Actor:
        """Return somebody as if signed in."""
        return factories.as_actor(self.session, who)


def a_cast(session: Session) -> Cast:
    """Make the people."""
    organisation = factories.an_organisation(session)
    elsewhere = factories.an_organisation(session, "Songlin Clinic")
    found = Cast(
        session=session,
        organisation=organisation,
        tang=factories.a_contact(session, organisation),
        colleague=factories.a_contact(session, organisation, name="Liu Wei"),
        manager=factories.a_contact(session, organisation, name="He Ping", role=Role.MANAGER),
        stranger=factories.a_contact(session, elsewhere, name="Zhou Min"),
        agent=factories.an_agent(session),
    )
    factories.a_product(session, orders="Writing orders")
    session.commit()
    return found


def a_ticket(cast: Cast, *, by: Contact | None = None, at: datetime | None = None, **values: Any) -> Ticket:
    """Open a ticket for a contact, as an interview would."""
    who = by or cast.tang
    opening = services.Opening(
        **{
            "title": "Cannot type Chinese when writing orders",
            "severity": Priority.P3,
            "document": DOCUMENT,
            "organisation_id": who.organisation_id,
            "contact_id": who.id,
            "product_code": "his",
            "module_code": "orders",
            **values,
        }
    )
    ticket = services.open_ticket(cast.session, opening=opening, by=cast.actor(who), at=at or clock.now())
    cast.session.commit()
    return ticket
