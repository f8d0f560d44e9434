"""Organisations, the people at them, what they run, and the agents who help them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.actor import Role, SeeScope
from portal.core.db import Base, new_id


class Organisation(Base):
    """A customer's company or hospital."""

    __tablename__ = "organisation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(160))
    code: Mapped[str | None] = mapped_column(String(60), unique=True, index=True)
    """The customer's number with the vendor, where there is one: lists name an organisation by it."""
    tier: Mapped[str] = mapped_column(String(20), default="standard")
    region: Mapped[str] = mapped_column(String(40), default="")
    time_zone: Mapped[str] = mapped_column(String(60), default="Asia/Shanghai")
    locale: Mapped[str] = mapped_column(String(10), default="zh_Hans")
    address: Mapped[str] = mapped_column(String(300), default="")
    service_manager_id: Mapped[UUID | None] = mapped_column(ForeignKey("agent.id"))
    named_agent_id: Mapped[UUID | None] = mapped_column(ForeignKey("agent.id"))
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    """Since when it is no customer any more; what was reported stays."""


class Contact(Base):
    """A person at an organisation."""

    __tablename__ = "contact"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), unique=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[Role] = mapped_column(String(10), default=Role.CONTACT)
    see_scope: Mapped[SeeScope] = mapped_column(String(12), default=SeeScope.OWN)
    title: Mapped[str] = mapped_column(String(120), default="")


class Agent(Base):
    """A person in support."""

    __tablename__ = "agent"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), unique=True)
    role: Mapped[Role] = mapped_column(String(10), default=Role.AGENT)
    team: Mapped[str] = mapped_column(String(60), default="")
    """Kept for the release before this one alone: which teams somebody is in, the teams themselves say."""
    is_limited: Mapped[bool] = mapped_column(default=False)


class AgentScope(Base):
    """A product or an organisation that a limited agent may see."""

    __tablename__ = "agent_scope"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    agent_id: Mapped[UUID] = mapped_column(ForeignKey("agent.id"), index=True)
    product_code: Mapped[str | None] = mapped_column(ForeignKey("product.code"))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))


class Installation(Base):
    """A product and version that an organisation runs, somewhere."""

    __tablename__ = "installation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    product_code: Mapped[str] = mapped_column(ForeignKey("product.code"), index=True)
    version: Mapped[str] = mapped_column(String(60), default="")
    """As told; empty when nobody knows it."""
    site: Mapped[str] = mapped_column(String(160), default="")
    modules: Mapped[list[Any]] = mapped_column(default=list)
    changed_at: Mapped[datetime]


class InstallationChange(Base):
    """Who told us what about an installation, before and after; appended, never changed."""

    __tablename__ = "installation_change"
    __table_args__ = (Index(None, "organisation_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    installation_id: Mapped[UUID]
    """Which one; it may be gone since."""
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    was: Mapped[dict[str, Any]]
    """Empty where it was added."""
    now: Mapped[dict[str, Any]]
    """Empty where it was taken off the list."""
    at: Mapped[datetime]


class Invitation(Base):
    """A way in for a new contact: it works once, and it expires."""

    __tablename__ = "invitation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    invited_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(120), default="")
    role: Mapped[Role] = mapped_column(String(10), default=Role.CONTACT)
    locale: Mapped[str | None] = mapped_column(String(10))
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
