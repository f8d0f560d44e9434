"""Where people stop: what became of each question of a version, counted over the last months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import Session

from portal.interviews.models import Interview, QuestionVisit

LOOKED_AT = timedelta(days=90)
"""How far back figures go."""
QUIET = timedelta(days=7)
"""A draft that nobody has saved for so long counts as left; it can still be gone on with."""


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """How many interviews met a question, and what became of it in them."""

    question_id: str
    seen: int
    answered: int
    unknown: int
    left_open: int
    errors: int
    """How often its page came back because of it."""
    seconds: int | None
    """How long its page was looked at, on average; None where nobody passed it."""
    left: int
    """How many went no further and have not sent anything."""


@dataclass(frozen=True, slots=True)
class RunFigures:
    """How many interviews were begun, and how they ended."""

    begun: int
    sent: int
    solved: int
    """Ended without a ticket, because a step helped."""
    left: int


def figures_of(session: Session, version_id: UUID, *, at: datetime) -> Sequence[QuestionFigures]:
    """Return the figures of each question that anybody met."""
    met = _met(version_id, at, by_question=True)
    rows = session.execute(
        select(
            met.c.question_id,
            func.count().label("seen"),
            func.sum(met.c.answered).label("answered"),
            func.sum(met.c.unknown).label("unknown"),
            func.sum(met.c.left_open).label("left_open"),
            func.sum(met.c.errors).label("errors"),
            func.avg(met.c.seconds).label("seconds"),
            func.sum(case((and_(met.c.passed == 0, _has_stopped(at)), 1), else_=0)).label("left"),
        )
        .outerjoin(Interview, Interview.id == met.c.interview_id)
        .group_by(met.c.question_id)
    )
    return [_figures(dict(row._mapping)) for row in rows]  # noqa: SLF001 (SQLAlchemy's public name for it)


def runs_of(session: Session, version_id: UUID, *, at: datetime) -> RunFigures:
    """Return how the interviews ended that were begun on a version."""
    met = _met(version_id, at, by_question=False)
    row = session.execute(
        select(
            func.count().label("begun"),
            func.sum(case((Interview.ticket_id.is_not(None), 1), else_=0)).label("sent"),
            func.sum(case((_is_solved(), 1), else_=0)).label("solved"),
            func.sum(case((_has_stopped(at), 1), else_=0)).label("left"),
        )
        .select_from(met)
        .outerjoin(Interview, Interview.id == met.c.interview_id)
    ).one()
    return RunFigures(**{name: int(value or 0) for name, value in row._mapping.items()})  # noqa: SLF001 (see above)


def _met(version_id: UUID, at: datetime, *, by_question: bool) -> Subquery:
    """Select what each interview met: one row for each question, or one for all of them."""
    key = [QuestionVisit.interview_id, *([QuestionVisit.question_id] if by_question else [])]
    return (
        select(
            *key,
            _any(("answered", "unknown", "open")).label("passed"),
            _any(("answered",)).label("answered"),
            _any(("unknown",)).label("unknown"),
            _any(("open",)).label("left_open"),
            func.sum(case((QuestionVisit.kind == "refused", 1), else_=0)).label("errors"),
            func.avg(QuestionVisit.seconds).label("seconds"),
        )
        .where(QuestionVisit.version_id == version_id, QuestionVisit.at >= at - LOOKED_AT)
        .group_by(*key)
        .subquery()
    )


def _any(kinds: Sequence[str]) -> ColumnElement[int]:
    return func.max(case((QuestionVisit.kind.in_(kinds), 1), else_=0))


def _has_stopped(at: datetime) -> ColumnElement[bool]:
    """Whether an interview was never sent: dropped by now, or quiet for long."""
    is_quiet = and_(Interview.submitted_at.is_(None), Interview.ticket_id.is_(None), Interview.saved_at < at - QUIET)
    return or_(Interview.id.is_(None), is_quiet)


def _is_solved() -> ColumnElement[bool]:
    return and_(Interview.submitted_at.is_not(None), Interview.ticket_id.is_(None))


def _figures(row: Mapping[str, Any]) -> QuestionFigures:
    counted = {name: int(row[name] or 0) for name in ("seen", "answered", "unknown", "left_open", "errors", "left")}
    seconds = row["seconds"]
    return QuestionFigures(row["question_id"], **counted, seconds=None if seconds is None else round(seconds))
