"""Tables of teams: who belongs to which, who knows what, whose turn of duty it is."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, new_id


class Team(Base):
    """Some agents who share their tickets; a ticket carries the team's name."""

    __tablename__ = "team"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    made_at: Mapped[datetime]


class TeamMember(Base):
    """An agent in a team."""

    __tablename__ = "team_member"

    team_id: Mapped[UUID] = mapped_column(ForeignKey("team.id"), primary_key=True)
    agent_id: Mapped[UUID] = mapped_column(ForeignKey("agent.id"), primary_key=True, index=True)


class AgentSkill(Base):
    """A product, or a part of one, that an agent knows well."""

    __tablename__ = "agent_skill"
    __table_args__ = (
        UniqueConstraint("agent_id", "product_code", "module_code"),
        Index(None, "product_code", "module_code"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    agent_id: Mapped[UUID] = mapped_column(ForeignKey("agent.id"))
    product_code: Mapped[str] = mapped_column(ForeignKey("product.code"))
    module_code: Mapped[str] = mapped_column(String(60), default="")
    """Empty for the whole product."""


class DutyTurn(Base):
    """A turn of duty; it has no end of its own, so that somebody is on duty until the next one begins."""

    __tablename__ = "duty_turn"
    __table_args__ = (Index(None, "from_at", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    agent_id: Mapped[UUID] = mapped_column(ForeignKey("agent.id"))
    from_at: Mapped[datetime]
    note_id: Mapped[UUID | None] = mapped_column(ForeignKey("typed_text.id"))
    """What whoever handed over wanted the next one to know."""
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]


class GivingOut(Base):
    """Whether new tickets are given out by the rule; the latest row counts."""

    __tablename__ = "giving_out"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    is_on: Mapped[bool]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
