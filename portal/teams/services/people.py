"""Teams and their members, and who knows what."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal.accounts.models import Agent
from portal.core.actor import Actor
from portal.core.audit import note_audit, what_changed
from portal.core.errors import DomainError
from portal.teams.models import AgentSkill, Team, TeamMember
from portal.tickets.models import Ticket


class TeamError(DomainError):
    """A team that can't be so: its name is ``taken``, or it still ``has-tickets``."""


def make_team(session: Session, *, name: str, by: Actor, at: datetime) -> Team:
    """Make a team that nobody belongs to yet."""
    _require_free(session, name)
    team = Team(name=name, made_at=at)
    session.add(team)
    session.flush()
    note_audit(session, "team.made", subject=team, by=by, at=at, name=name)
    return team


def change_team(session: Session, team: Team, *, name: str, members: Collection[UUID], by: Actor, at: datetime) -> None:
    """Give a team another name, which its open tickets carry from now on, and say who belongs to it."""
    before = set(session.scalars(select(TeamMember.agent_id).where(TeamMember.team_id == team.id)))
    facts: dict[str, object] = {**what_changed({"name": team.name}, {"name": name}), "name": name}
    if name != team.name:
        _require_free(session, name)
        still_open = (Ticket.team == team.name, Ticket.closed_at.is_(None))
        session.execute(update(Ticket).where(*still_open).values(team=name))
        team.name = name
    session.execute(delete(TeamMember).where(TeamMember.team_id == team.id))
    session.add_all(TeamMember(team_id=team.id, agent_id=each) for each in members)
    for what, some in (("joined", set(members) - before), ("left", before - set(members))):
        facts |= {what: sorted(map(str, some))} if some else {}
    if len(facts) > 1:
        note_audit(session, "team.changed", subject=team, by=by, at=at, **facts)


def remove_team(session: Session, team: Team, *, by: Actor, at: datetime) -> None:
    """Remove a team that has no open tickets."""
    has_tickets = select(Ticket.id).where(Ticket.team == team.name, Ticket.closed_at.is_(None)).limit(1)
    if session.execute(has_tickets).first():
        raise TeamError("has-tickets")
    note_audit(session, "team.removed", subject=team, by=by, at=at, name=team.name)
    session.execute(delete(TeamMember).where(TeamMember.team_id == team.id))
    session.execute(delete(Team).where(Team.id == team.id))


def join_teams(session: Session, agent_id: UUID, teams: Collection[UUID]) -> None:
    """Say which teams an agent belongs to, of those that there are."""
    session.execute(delete(TeamMember).where(TeamMember.agent_id == agent_id))
    session.add_all(TeamMember(team_id=each, agent_id=agent_id) for each in set(teams))


def set_skills(
    session: Session, agent_id: UUID, *, skills: Collection[tuple[str, str]], by: Actor, at: datetime
) -> None:
    """Say which products an agent knows, or which parts of them."""
    known = select(AgentSkill.product_code, AgentSkill.module_code).where(AgentSkill.agent_id == agent_id)
    before = [(product, module) for product, module in session.execute(known)]
    facts = what_changed({"knows": _in_words(before)}, {"knows": _in_words(skills)})
    if facts:
        note_audit(session, "set-skills", subject=session.get_one(Agent, agent_id), by=by, at=at, **facts)
    session.execute(delete(AgentSkill).where(AgentSkill.agent_id == agent_id))
    session.add_all(AgentSkill(agent_id=agent_id, product_code=each[0], module_code=each[1]) for each in set(skills))


def _in_words(skills: Collection[tuple[str, str]]) -> list[str]:
    return sorted({f"{product}/{module}".removesuffix("/") for product, module in skills})


def _require_free(session: Session, name: str) -> None:
    if session.execute(select(Team.id).where(Team.name == name)).first():
        raise TeamError("taken")
