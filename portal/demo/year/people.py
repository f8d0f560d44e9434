"""Who lives through the year: hospitals of two tiers, the people at them, and the agents."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts import services as accounts
from portal.accounts.models import Organisation
from portal.agreements import shipped
from portal.agreements.services import save_policy
from portal.agreements.terms import Conditions
from portal.catalogue.models import Product
from portal.core.actor import SYSTEM, Actor, Role

PRODUCTS = ("his", "emr", "pacs")
GOLD = "gold"
_HOSPITALS = 12
_AGENTS = 6


@dataclass(frozen=True, slots=True)
class People:
    """Everybody, as they act."""

    customers: Sequence[Actor]
    agents: Sequence[Actor]


def move_in(session: Session, *, at: datetime) -> People:
    """Make the people, and let the policy by priority apply to the hospitals of the higher tier."""
    session.add_all([Product(code=code, names={"en": code.upper()}) for code in PRODUCTS])
    customers = [_customer(session, number, at) for number in range(_HOSPITALS)]
    agents = [_agent(session, number, at) for number in range(_AGENTS)]
    (by_priority,) = (each for each in shipped.POLICIES if each.name == "by_priority")
    targets = replace(by_priority.targets, resolution={"P1": 480, "P2": 1440})
    policy = replace(by_priority, is_on=True, conditions=Conditions(tier=frozenset({GOLD})), targets=targets)
    save_policy(session, policy, by=SYSTEM, at=at)
    return People(customers, agents)


def _customer(session: Session, number: int, at: datetime) -> Actor:
    tier = GOLD if number % 3 == 0 else "standard"
    hospital = Organisation(name=f"Hospital {number + 1}", tier=tier, locale="zh_Hans", created_at=at)
    session.add(hospital)
    session.flush()
    person = accounts.add_person(session, accounts.Newcomer("Nurse", user_name=f"nurse-{number + 1}"), at=at)
    contact = accounts.add_contact(session, person, hospital, role=Role.CONTACT)
    session.flush()
    return Actor(person.id, Role.CONTACT, person.name, contact_id=contact.id, organisation_id=hospital.id)


def _agent(session: Session, number: int, at: datetime) -> Actor:
    person = accounts.add_person(session, accounts.Newcomer("Agent", user_name=f"agent-{number + 1}"), at=at)
    agent = accounts.add_agent(session, person, role=Role.AGENT if number else Role.ADMIN)
    session.flush()
    return Actor(person.id, Role(agent.role), person.name, agent_id=agent.id)
