"""Makers of rows for tests: each names what matters and fills in the rest."""

from collections.abc import Mapping
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts.models import Agent, AgentScope, Contact, Installation, Organisation, Person
from portal.catalogue.models import Module, Product
from portal.core import clock
from portal.core.actor import Actor, Role, SeeScope

_number = count(1)


def an_organisation(session: Session, name: str = "Qinghe People’s Hospital", **values: Any) -> Organisation:
    """Make a customer's organisation."""
    row = Organisation(name=name, created_at=clock.now(), **values)
    session.add(row)
    session.flush()
    return row


def a_person(session: Session, name: str = "Tang Xiuying", **values: Any) -> Person:
    """Make somebody who can sign in."""
    number = next(_number)
    row = Person(
        **{
            "name": name,
            "email": f"person{number}@hospital.example",
            "user_name": f"person{number}",
            "fs_uniquifier": f"uniquifier-{number}",
            "locale": "en",
            "created_at": clock.now(),
            **values,
        }
    )
    session.add(row)
    session.flush()
    return row


def a_contact(
    session: Session,
    organisation: Organisation,
    *,
    name: str = "Tang Xiuying",
    role: Role = Role.CONTACT,
    see_scope: SeeScope = SeeScope.OWN,
    **person: Any,
) -> Contact:
    """Make a contact at an organisation, with the person behind it."""
    someone = a_person(session, name, **person)
    row = Contact(person_id=someone.id, organisation_id=organisation.id, role=role, see_scope=see_scope)
    session.add(row)
    session.flush()
    return row


def an_agent(session: Session, name: str = "Chen Li", *, role: Role = Role.AGENT, **person: Any) -> Agent:
    """Make an agent who may see everything."""
    someone = a_person(session, name, **person)
    row = Agent(person_id=someone.id, role=role)
    session.add(row)
    session.flush()
    return row


def limit_agent(
    session: Session, agent: Agent, *, products: tuple[str, ...] = (), organisations: tuple[Organisation, ...] = ()
) -> None:
    """Let an agent see only some products or organisations."""
    agent.is_limited = True
    session.add_all([AgentScope(agent_id=agent.id, product_code=code) for code in products])
    session.add_all([AgentScope(agent_id=agent.id, organisation_id=each.id) for each in organisations])
    session.flush()


def a_product(session: Session, code: str = "his", names: Mapping[str, str] | None = None, **modules: str) -> Product:
    """Make a product with its modules: ``orders="Writing orders"``."""
    row = Product(code=code, names=dict(names or {"en": "Outpatient and inpatient system"}))
    session.add(row)
    session.flush()
    session.add_all([Module(product_code=code, code=each, names={"en": name}) for each, name in modules.items()])
    session.flush()
    return row


def an_installation(
    session: Session, organisation: Organisation, product: Product, version: str = "5.5.1", **values: Any
) -> Installation:
    """Make a product that an organisation runs."""
    row = Installation(
        organisation_id=organisation.id, product_code=product.code, version=version, changed_at=clock.now(), **values
    )
    session.add(row)
    session.flush()
    return row


def as_actor(session: Session, who: Contact | Agent) -> Actor:
    """Return the actor of a contact or agent, as if signed in."""
    person = session.get_one(Person, who.person_id)
    if isinstance(who, Agent):
        return Actor(person_id=person.id, role=Role(who.role), name=person.name, agent_id=who.id)
    return Actor(
        person_id=person.id,
        role=Role(who.role),
        name=person.name,
        contact_id=who.id,
        organisation_id=who.organisation_id,
        see_scope=SeeScope(who.see_scope),
    )
