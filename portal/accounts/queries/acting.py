"""Reads of whoever acts: who is signed in with a token, and who somebody in support is to the clock."""

import hashlib
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Row, Select, Table, bindparam, select
from sqlalchemy.orm import Session

from portal.accounts.models import (
    Agent,
    AgentScope,
    Contact,
    Organisation,
    Person,
    SignInSession,
)
from portal.core.actor import ANONYMOUS, Actor, Role, SeeScope

SESSION_LASTS = timedelta(days=30)
"""However often it is used: a cookie that was taken somewhere must not open the door for ever."""


def token_hash(token: str) -> str:
    """Return how a token is kept: a session or invitation can't be taken from the database."""
    return hashlib.sha256(token.encode()).hexdigest()


_person, _contact, _organisation, _agent, _session = (
    cast(Table, model.__table__) for model in (Person, Contact, Organisation, Agent, SignInSession)
)


def _who(*conditions: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(
            _person.c.id,
            _person.c.name,
            _person.c.locale,
            _person.c.drill_id,
            _contact.c.id.label("contact_id"),
            _contact.c.role.label("contact_role"),
            _contact.c.see_scope,
            _contact.c.organisation_id,
            _organisation.c.name.label("organisation_name"),
            _organisation.c.time_zone,
            _agent.c.id.label("agent_id"),
            _agent.c.role.label("agent_role"),
            _agent.c.is_limited,
            _session.c.id.label("session_id"),
        )
        .join(_session, _session.c.person_id == _person.c.id)
        .outerjoin(_contact, _contact.c.person_id == _person.c.id)
        .outerjoin(_organisation, _organisation.c.id == _contact.c.organisation_id)
        .outerjoin(_agent, _agent.c.person_id == _person.c.id)
        .where(*conditions, _session.c.ended_at.is_(None), _person.c.active)
    )


_OF_SESSION = _who(_session.c.token_sha256 == bindparam("token"), _session.c.started_at > bindparam("since"))
"""Every page of everybody who is signed in says it, so it is built once."""


def actor_of_session(session: Session, token: str, *, at: datetime) -> Actor:
    """Return who is signed in with a session's token, or nobody."""
    row = session.execute(_OF_SESSION, {"token": token_hash(token), "since": at - SESSION_LASTS}).first()
    return ANONYMOUS if row is None else _actor(session, row)


def _actor(session: Session, row: Row[*tuple[Any, ...]]) -> Actor:
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
        drill_id=row.drill_id,
        locale=row.locale,
        time_zone=row.time_zone or "Asia/Shanghai",
    )


def agent_actor(session: Session, person_id: UUID) -> Actor | None:
    """Return somebody in support as if signed in, for what is made for them by the clock; None for everybody else."""
    row = session.execute(
        select(Person.name, Agent.id, Agent.role, Agent.is_limited)
        .join(Agent, Agent.person_id == Person.id)
        .where(Person.id == person_id, Person.active)
    ).first()
    if row is None:
        return None
    products, organisations = _scope(session, row.id) if row.is_limited else (None, None)
    return Actor(person_id, Role(row.role), row.name, agent_id=row.id, products=products, organisations=organisations)


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
