"""Who belongs to which team, and who knows what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Person
from portal.catalogue.models import Module, Product
from portal.teams.models import AgentSkill, GivingOut, Team, TeamMember

MOST = 500


@dataclass(slots=True)
class Colleague:
    """An agent as the pages of teams show them."""

    id: UUID
    name: str
    teams: list[str] = field(default_factory=list)
    skills: list[tuple[str, str]] = field(default_factory=list)
    """Products, each with the code of a part or nothing for all of it."""


@lru_cache(maxsize=2000)
def names_of_teams(agent_id: UUID | None) -> Select[str]:
    """Return the names of an agent's teams, to ask for their tickets with."""
    return select(Team.name).join(TeamMember, TeamMember.team_id == Team.id).where(TeamMember.agent_id == agent_id)


def colleagues(session: Session) -> list[Colleague]:
    """Return every agent who can sign in, by name, with their teams and what they know."""
    found = {each: Colleague(each, name) for each, name in agents(session)}
    members = select(TeamMember.agent_id, Team.name).join(Team, Team.id == TeamMember.team_id).order_by(Team.name)
    for member in session.execute(members):
        if member.agent_id in found:
            found[member.agent_id].teams.append(member.name)
    skills = select(AgentSkill.agent_id, AgentSkill.product_code, AgentSkill.module_code)
    for skill in session.execute(skills.order_by(AgentSkill.product_code, AgentSkill.module_code)):
        if skill.agent_id in found:
            found[skill.agent_id].skills.append((skill.product_code, skill.module_code))
    return list(found.values())


def agents(session: Session) -> list[tuple[UUID, str]]:
    """Return every agent who can sign in, by name."""
    rows = session.execute(
        select(Agent.id, Person.name)
        .join(Person, Person.id == Agent.person_id)
        .where(Person.active)
        .order_by(Person.name, Agent.id)
        .limit(MOST)
    )
    return [(row.id, row.name) for row in rows]


def teams(session: Session) -> Sequence[Team]:
    """Return every team, by name."""
    return session.scalars(select(Team).order_by(Team.name).limit(MOST)).all()


def names_of(session: Session, agents: Sequence[UUID]) -> Mapping[UUID, str]:
    """Return what agents are called."""
    if not agents:
        return {}
    rows = session.execute(
        select(Agent.id, Person.name).join(Person, Person.id == Agent.person_id).where(Agent.id.in_(agents))
    )
    return {row.id: row.name for row in rows}


def gives_out(session: Session) -> bool:
    """Whether new tickets are given out by the rule."""
    return bool(
        session.execute(select(GivingOut.is_on).order_by(GivingOut.at.desc(), GivingOut.id.desc()).limit(1)).scalar()
    )


def members_of(session: Session, team_id: UUID) -> Sequence[UUID]:
    """Return the agents who belong to a team."""
    return session.scalars(select(TeamMember.agent_id).where(TeamMember.team_id == team_id)).all()


def teams_of(session: Session, agent_id: UUID) -> Sequence[UUID]:
    """Return the teams that an agent belongs to."""
    return session.scalars(select(TeamMember.team_id).where(TeamMember.agent_id == agent_id)).all()


def skills_of(session: Session, agent_id: UUID) -> list[tuple[str, str]]:
    """Return the products that an agent knows, each with the code of a part or nothing for all of it."""
    rows = session.execute(
        select(AgentSkill.product_code, AgentSkill.module_code).where(AgentSkill.agent_id == agent_id)
    )
    return [(row.product_code, row.module_code) for row in rows]


@dataclass(frozen=True, slots=True)
class Subject:
    """A product, or a part of one."""

    product: str
    module: str
    """Empty for the whole product."""
    names: Mapping[str, str]


def what_can_be_known(session: Session) -> list[Subject]:
    """Return every product, each followed by its parts."""
    products = session.execute(select(Product.code, Product.names).order_by(Product.code).limit(MOST)).all()
    modules = session.execute(
        select(Module.product_code, Module.code, Module.names).order_by(Module.product_code, Module.code).limit(MOST)
    ).all()
    return [
        each
        for product in products
        for each in (
            Subject(product.code, "", product.names),
            *(Subject(product.code, part.code, part.names) for part in modules if part.product_code == product.code),
        )
    ]
