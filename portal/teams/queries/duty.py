"""Whose turn of duty it is; somebody always is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Subquery, case, literal, select, union_all
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Person
from portal.core.actor import Role
from portal.core.models import TypedText
from portal.teams.models import DutyTurn

TURNS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Who is on duty."""

    agent_id: UUID
    name: str
    since: datetime | None
    """None where nobody has planned a turn, and an admin stands in."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of duty, passed or planned."""

    id: UUID
    name: str
    from_at: datetime
    note: str


def duty_at(at: datetime | ColumnElement[Any]) -> Subquery:
    """Return who is on duty as one row: whoever's turn began last; an admin as long as nobody has a turn.

    Somebody who has left is on duty no more, and the one before stands in.
    """
    turns = (
        select(
            Agent.id.label("agent_id"),
            Person.name.label("on_duty"),
            DutyTurn.from_at.label("since"),
            literal(0).label("rank"),
        )
        .join(Agent, Agent.id == DutyTurn.agent_id)
        .join(Person, Person.id == Agent.person_id)
        .where(DutyTurn.from_at <= at, Person.active)
        .order_by(DutyTurn.from_at.desc(), DutyTurn.id.desc())
        .limit(1)
        .subquery()
    )
    nobody_else = (
        select(
            Agent.id.label("agent_id"),
            Person.name.label("on_duty"),
            literal(None, DutyTurn.from_at.type).label("since"),
        )
        .add_columns(case((Agent.role == Role.ADMIN, 1), else_=2).label("rank"))
        .join(Person, Person.id == Agent.person_id)
        .where(Person.active)
        .order_by("rank", Person.created_at, Agent.id)
        .limit(1)
        .subquery()
    )
    both = union_all(select(turns), select(nobody_else)).subquery()
    return select(both.c.agent_id, both.c.on_duty, both.c.since).order_by(both.c.rank).limit(1).subquery()


def duty_of(row: Row[*tuple[Any, ...]]) -> OnDuty | None:
    """Return who is on duty, of a row with the columns of ``duty_at``."""
    return OnDuty(row.agent_id, row.on_duty, row.since) if row.agent_id else None


def on_duty(session: Session, *, at: datetime) -> OnDuty | None:
    """Return who is on duty; None only where there are no agents at all."""
    row = session.execute(select(duty_at(at))).first()
    return duty_of(row) if row else None


def turns(session: Session) -> list[Turn]:
    """Return the turns of duty that are planned, the one that goes on, and some before, the latest first."""
    rows = session.execute(
        select(DutyTurn.id, DutyTurn.from_at, Person.name, TypedText.body)
        .join(Agent, Agent.id == DutyTurn.agent_id)
        .join(Person, Person.id == Agent.person_id)
        .outerjoin(TypedText, TypedText.id == DutyTurn.note_id)
        .order_by(DutyTurn.from_at.desc(), DutyTurn.id.desc())
        .limit(TURNS_SHOWN)
    )
    return [Turn(row.id, row.name, row.from_at, row.body or "") for row in rows]
