"""Reads about people: who is behind a session, and whom they may see."""

import hashlib
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, AgentScope, Contact, Organisation, Person, SignInSession
from portal.core.actor import ANONYMOUS, Actor, Role, SeeScope


def token_hash(token: str) -> str:
    """Return how a token is kept: a session or invitation can't be taken from the database."""
    return hashlib.sha256(token.encode()).hexdigest()


def _who(*conditions: Any) -> Select[Any]:
    return (
        select(
            Person.id,
            Person.name,
            Person.locale,
            Contact.id.label("contact_id"),
            Contact.role.label("contact_role"),
            Contact.see_scope,
            Contact.organisation_id,
            Organisation.name.label("organisation_name"),
            Organisation.time_zone,
            Agent.id.label("agent_id"),
            Agent.role.label("agent_role"),
            Agent.is_limited,
            SignInSession.id.label("session_id"),
        )
        .join(SignInSession, SignInSession.person_id == Person.id)
        .outerjoin(Contact, Contact.person_id == Person.id)
        .outerjoin(Organisation, Organisation.id == Contact.organisation_id)
        .outerjoin(Agent, Agent.person_id == Person.id)
        .where(*conditions, SignInSession.ended_at.is_(None), Person.active)
    )


def actor_of_session(session: Session, token: str) -> Actor:
    """Return who is signed in with a session's token, or nobody."""
    row = session.execute(_who(SignInSession.token_sha256 == token_hash(token))).first()
    return ANONYMOUS if row is None else _actor(session, row)


def _actor(session: Session, row: Row[Any]) -> Actor:
    products, organisations = _scope(session, row.agent_id) if row.is_limited else (None, None)
    role = row.agent_role or row.contact_role
    return Actor(
        person_id=row.id,
        role=Role(role) if role else None,
        name=row.name,
        contact_id=row.contact_id,
        agent_id=row.agent_id,
        organisation_id=row.organisation_id,
        organisation_name=row.organisation_name or "",
        see_scope=SeeScope(row.see_scope or SeeScope.OWN),
        products=products,
        organisations=organisations,
        session_id=row.session_id,
        locale=row.locale,
        time_zone=row.time_zone or "Asia/Shanghai",
    )


def _scope(session: Session, agent_id: UUID) -> tuple[frozenset[str] | None, frozenset[UUID] | None]:
    """Return the products and the organisations a limited agent is limited to; None where there is no such limit."""
    rows = session.execute(
        select(AgentScope.product_code, AgentScope.organisation_id).where(AgentScope.agent_id == agent_id)
    ).all()
    products = frozenset(row.product_code for row in rows if row.product_code)
    organisations = frozenset(row.organisation_id for row in rows if row.organisation_id)
    if not products and not organisations:
        return frozenset(), frozenset()
    return products or None, organisations or None


def demo_cast(session: Session) -> list[dict[str, str]]:
    """Return the demo's people who can be signed in as, in the order they were made."""
    rows = session.execute(
        select(Person.user_name, Person.name, Organisation.name.label("organisation"), Contact.role, Agent.role)
        .outerjoin(Contact, Contact.person_id == Person.id)
        .outerjoin(Organisation, Organisation.id == Contact.organisation_id)
        .outerjoin(Agent, Agent.person_id == Person.id)
        .where(Person.user_name.is_not(None), Person.active)
        .order_by(Person.created_at, Person.id)
        .limit(20)
    )
    return [
        {"person": user_name, "name": name, "organisation": organisation or "", "role": contact_role or agent_role}
        for user_name, name, organisation, contact_role, agent_role in rows
    ]


def demo_person_id(session: Session, user_name: str) -> UUID | None:
    """Return the person of the demo with a user name."""
    return session.execute(select(Person.id).where(Person.user_name == user_name, Person.active)).scalar()
