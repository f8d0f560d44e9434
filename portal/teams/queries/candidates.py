"""The rule that says who takes a ticket, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, AgentScope, Organisation, Person
from portal.teams.models import AgentSkill, Team, TeamMember
from portal.teams.queries.duty import on_duty
from portal.tickets.models import Ticket

MOST = 200


class Reason(StrEnum):
    """Why the rule gives a ticket to somebody; the first that finds anybody decides."""

    DUTY = "duty"
    """It is an emergency, and they are on duty."""
    NAMED = "named"
    """They are the organisation's named engineer."""
    MODULE = "module"
    """They know this part of the product, and have the fewest open tickets of those who do."""
    PRODUCT = "product"
    """They know the product, and have the fewest open tickets of those who do."""
    FEWEST = "fewest"
    """They have the fewest open tickets of all."""


class Given(Protocol):
    """What of a ticket the rule looks at."""

    @property
    def organisation_id(self) -> UUID | None:
        """Whose it is."""

    @property
    def product_code(self) -> str:
        """The product it is about."""

    @property
    def module_code(self) -> str:
        """The part of it."""

    @property
    def is_emergency(self) -> bool:
        """Whether work has stopped."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could take a ticket."""

    agent_id: UUID
    name: str
    team: str
    """One of their teams, or nothing."""
    open_tickets: int
    is_named: bool
    knows_module: bool
    knows_product: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom the rule chose, and why."""

    candidate: Candidate
    reason: Reason


def candidates(session: Session, ticket: Given) -> list[Candidate]:
    """Return who may see a ticket and could take it, those with the fewest open tickets first, in one statement."""
    rows = session.execute(
        select(
            Agent.id,
            Person.name,
            _a_team().label("team"),
            _open_tickets().label("open_tickets"),
            _is_named(ticket).label("is_named"),
            _knows(ticket.product_code, ticket.module_code).label("knows_module"),
            _knows(ticket.product_code, "").label("knows_product"),
        )
        .join(Person, Person.id == Agent.person_id)
        .where(Person.active, may_see(ticket))
        .order_by("open_tickets", Person.name, Agent.id)
        .limit(MOST)
    )
    return [_candidate(row, ticket) for row in rows]


def choose(found: Sequence[Candidate], ticket: Given, on_duty_id: UUID | None) -> Choice | None:
    """Return whom the rule chooses among candidates that come with the fewest open tickets first."""
    orders = (
        (Reason.DUTY, lambda each: ticket.is_emergency and each.agent_id == on_duty_id),
        (Reason.NAMED, lambda each: each.is_named),
        (Reason.MODULE, lambda each: each.knows_module),
        (Reason.PRODUCT, lambda each: each.knows_product),
        (Reason.FEWEST, lambda each: bool(each.team)),
        (Reason.FEWEST, lambda _each: True),
    )
    for reason, suits in orders:
        for each in found:
            if suits(each):
                return Choice(each, reason)
    return None


def chosen_for(session: Session, ticket: Given, *, at: datetime) -> Choice | None:
    """Return whom the rule chooses for a ticket; None where nobody may see it."""
    duty = on_duty(session, at=at) if ticket.is_emergency else None
    return choose(candidates(session, ticket), ticket, duty.agent_id if duty else None)


def _candidate(row: Row[*tuple[Any, ...]], ticket: Given) -> Candidate:
    return Candidate(
        agent_id=row.id,
        name=row.name,
        team=row.team or "",
        open_tickets=row.open_tickets,
        is_named=bool(row.is_named),
        knows_module=bool(row.knows_module) and bool(ticket.module_code),
        knows_product=bool(row.knows_product),
    )


def _a_team() -> Any:
    own = select(func.min(Team.name)).join(TeamMember, TeamMember.team_id == Team.id)
    return own.where(TeamMember.agent_id == Agent.id).correlate(Agent).scalar_subquery()


def _open_tickets() -> Any:
    """Count what somebody has to do; what waits for the customer weighs nothing."""
    own = select(func.count()).where(
        Ticket.assignee_id == Agent.id, Ticket.closed_at.is_(None), Ticket.next_due_at.is_not(None)
    )
    return own.correlate(Agent).scalar_subquery()


def _is_named(ticket: Given) -> ColumnElement[bool]:
    return (
        select(Organisation.id)
        .where(Organisation.id == ticket.organisation_id, Organisation.named_agent_id == Agent.id)
        .correlate(Agent)
        .exists()
    )


def _knows(product_code: str, module_code: str) -> ColumnElement[bool]:
    return (
        select(AgentSkill.id)
        .where(
            AgentSkill.agent_id == Agent.id,
            AgentSkill.product_code == product_code,
            AgentSkill.module_code == module_code,
        )
        .correlate(Agent)
        .exists()
    )


def may_see(ticket: Given) -> ColumnElement[bool]:
    """Limited agents are given only what is within both of their limits."""
    within = and_(
        _is_limited_to(None),
        or_(
            ~_is_limited_to(AgentScope.product_code.is_not(None)),
            _is_limited_to(AgentScope.product_code == ticket.product_code),
        ),
        or_(
            ~_is_limited_to(AgentScope.organisation_id.is_not(None)),
            _is_limited_to(AgentScope.organisation_id == ticket.organisation_id),
        ),
    )
    return or_(Agent.is_limited.is_(False), within)


def _is_limited_to(condition: ColumnElement[bool] | None) -> ColumnElement[bool]:
    own = select(AgentScope.id).where(AgentScope.agent_id == Agent.id)
    return (own if condition is None else own.where(condition)).correlate(Agent).exists()
