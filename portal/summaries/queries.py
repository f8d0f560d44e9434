"""Reads about summaries, and the figures that they are made of."""

from collections.abc import Sequence
from datetime import datetime
from statistics import median
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, select, true
from sqlalchemy.orm import Session

from portal.accounts.models import Organisation
from portal.accounts.queries import organisations_visible_to
from portal.catalogue.models import Module
from portal.core.actor import Actor
from portal.ratings.models import Rating, RatingKind
from portal.summaries.models import ServiceSummary, SummaryPlan, SummaryReader
from portal.summaries.permissions import may_read_on_desk
from portal.tickets.models import Outcome, Promise, PromiseKind, PromiseOutcome, Ticket

_MINUTE = 60
_MOST_MODULES = 8


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a summary is one that somebody may see: their organisation's, or those they serve."""
    if not actor.is_agent:
        return ServiceSummary.organisation_id == actor.organisation_id
    if not may_read_on_desk(actor):
        return false()
    return true() if actor.organisations is None else ServiceSummary.organisation_id.in_(sorted(actor.organisations))


def organisation_for(session: Session, actor: Actor, organisation_id: UUID) -> Organisation | None:
    """Return an organisation that somebody sees."""
    return session.scalars(organisations_visible_to(actor).where(Organisation.id == organisation_id)).first()


def summaries_of(session: Session, actor: Actor, organisation_id: UUID, *, limit: int = 50) -> Sequence[ServiceSummary]:
    """Return the summaries of an organisation that somebody may see, the newest first."""
    theirs = (ServiceSummary.organisation_id == organisation_id, visible_to(actor))
    return session.scalars(
        select(ServiceSummary).where(*theirs).order_by(ServiceSummary.begins_on.desc()).limit(limit)
    ).all()


def find_summary(session: Session, actor: Actor, summary_id: UUID) -> ServiceSummary | None:
    """Return one summary; None where it isn't there or isn't theirs."""
    return session.scalars(select(ServiceSummary).where(ServiceSummary.id == summary_id, visible_to(actor))).first()


def plan_of(session: Session, organisation_id: UUID) -> SummaryPlan | None:
    """Return how often an organisation gets a summary."""
    return session.get(SummaryPlan, organisation_id)


def is_reader(session: Session, actor: Actor, organisation_id: UUID) -> bool:
    """Whether somebody gets an organisation's summaries by mail."""
    theirs = (SummaryReader.person_id == actor.person_id, SummaryReader.organisation_id == organisation_id)
    return session.execute(select(SummaryReader.id).where(*theirs)).first() is not None


def figures(session: Session, organisation_id: UUID, *, begin: datetime, end: datetime) -> dict[str, Any]:
    """Return an organisation's figures of a stretch of time, as JSON; nothing that anybody typed is in them."""
    theirs = Ticket.organisation_id == organisation_id
    opened = (theirs, Ticket.opened_at >= begin, Ticket.opened_at < end)
    solved = (theirs, Ticket.resolved_at >= begin, Ticket.resolved_at < end)
    return {
        "opened": _count(session, *opened),
        "solved": _count(session, *solved),
        "promises": _promises(session, theirs, begin, end),
        "first_reply": _first_replies(session, theirs, begin, end),
        "modules": _modules(session, *opened),
        "stars": _stars(session, organisation_id, begin, end),
    }


def _count(session: Session, *conditions: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(Ticket).where(*conditions)) or 0


def _promises(session: Session, theirs: ColumnElement[bool], begin: datetime, end: datetime) -> dict[str, int]:
    rows = session.execute(
        select(PromiseOutcome.outcome, func.count())
        .join(Promise, Promise.id == PromiseOutcome.promise_id)
        .join(Ticket, Ticket.id == Promise.ticket_id)
        .where(theirs, Promise.due_at >= begin, Promise.due_at < end)
        .group_by(PromiseOutcome.outcome)
    )
    found: dict[str, int] = {str(outcome): count for outcome, count in rows}
    return {"kept": found.get(Outcome.KEPT, 0), "missed": found.get(Outcome.MISSED, 0)}


def _first_replies(session: Session, theirs: ColumnElement[bool], begin: datetime, end: datetime) -> dict[str, Any]:
    """Return how many first replies there were, how many in time, and how long half of the customers waited at most."""
    rows = session.execute(
        select(Promise.made_at, PromiseOutcome.at, PromiseOutcome.outcome)
        .join(Promise, Promise.id == PromiseOutcome.promise_id)
        .join(Ticket, Ticket.id == Promise.ticket_id)
        .where(theirs, Promise.kind == PromiseKind.FIRST_REPLY, Promise.due_at >= begin, Promise.due_at < end)
        .where(PromiseOutcome.outcome == Outcome.KEPT)
    ).all()
    waited = [(row.at - row.made_at).total_seconds() / _MINUTE for row in rows]
    return {"count": len(rows), "median_minutes": round(median(waited)) if waited else None}


def _modules(session: Session, *opened: ColumnElement[bool]) -> list[dict[str, Any]]:
    counted = (
        select(Ticket.product_code, Ticket.module_code, func.count().label("number"))
        .where(*opened)
        .group_by(Ticket.product_code, Ticket.module_code)
        .order_by(func.count().desc(), Ticket.product_code, Ticket.module_code)
        .limit(_MOST_MODULES)
        .subquery()
    )
    named = (Module.product_code == counted.c.product_code) & (Module.code == counted.c.module_code)
    rows = session.execute(
        select(counted.c.module_code, Module.names, counted.c.number)
        .outerjoin(Module, named)
        .order_by(counted.c.number.desc(), counted.c.module_code)
    )
    return [{"code": code, "names": names or {}, "count": count} for code, names, count in rows]


def _stars(session: Session, organisation_id: UUID, begin: datetime, end: datetime) -> list[int]:
    rows = session.execute(
        select(Rating.score, func.count())
        .where(Rating.organisation_id == organisation_id, Rating.kind == RatingKind.STARS)
        .where(Rating.at >= begin, Rating.at < end)
        .group_by(Rating.score)
    )
    found: dict[int, int] = {row[0]: row[1] for row in rows}
    return [found.get(score, 0) for score in range(1, 6)]
