"""Changes of what is to be written up: asked for by the clock, settled by people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import insert, or_, select, update
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.knowledge import services as knowledge
from portal.knowledge.models import Article
from portal.knowledge.services import About, Step, Written
from portal.lessons.models import LessonOutcome, LessonTask
from portal.tickets.models import Ticket, TicketKind
from portal.tickets.queries import visible_to
from portal.tickets.services import Resolution

WITHIN = timedelta(hours=48)
"""How soon what was learnt is written up: later, nobody remembers."""
_LOOKED_BACK = timedelta(days=7)
_AT_ONCE = 200


class LessonError(DomainError):
    """A task can't be settled so: ``settled`` by somebody else meanwhile, ``no-article``, ``no-reason``."""


def ask_for_articles(session: Session, *, at: datetime) -> bool:
    """Ask for articles about what was solved lately, and settle what is published; returns whether there is more."""
    solved = (
        select(Ticket.id, Ticket.resolved_at)
        .outerjoin(LessonTask, LessonTask.ticket_id == Ticket.id)
        .where(
            Ticket.resolved_at > at - _LOOKED_BACK, Ticket.kind == TicketKind.PROBLEM, LessonTask.ticket_id.is_(None)
        )
        .limit(_AT_ONCE)
    )
    rows = [{"ticket_id": each.id, "due_at": each.resolved_at + WITHIN} for each in session.execute(solved)]
    if rows:
        session.execute(insert(LessonTask), [{"reason": "", **row} for row in rows])
        _follow(session, [row["ticket_id"] for row in rows])
    published = select(Article.id).where(Article.published.is_not(None))
    session.execute(
        update(LessonTask)
        .where(LessonTask.settled_at.is_(None), LessonTask.article_id.in_(published))
        .values(settled_at=at, outcome=LessonOutcome.ARTICLE)
    )
    return len(rows) == _AT_ONCE


def _follow(session: Session, ticket_ids: Sequence[UUID]) -> None:
    """Let tickets fare as an earlier one about the same notice did: nobody is asked twice about one problem."""
    about = select(Ticket.notice_id).where(Ticket.id.in_(ticket_ids), Ticket.notice_id.is_not(None)).distinct()
    for notice_id in session.scalars(about).all():
        is_decided = or_(LessonTask.settled_at.is_not(None), LessonTask.article_id.is_not(None))
        earlier = select(LessonTask).join(Ticket, Ticket.id == LessonTask.ticket_id)
        task = session.scalars(earlier.where(Ticket.notice_id == notice_id, is_decided).limit(1)).first()
        if task is not None:
            new = select(Ticket.id).where(Ticket.notice_id == notice_id, Ticket.id.in_(ticket_ids))
            session.execute(update(LessonTask).where(LessonTask.ticket_id.in_(new)).values(_fate(task)))


def begin_article(
    session: Session, task: LessonTask, ticket: Ticket, solution: Resolution | None, *, by: Actor, at: datetime
) -> Article:
    """Begin an article with what the solution said; the task is done when it is published."""
    _require_open(task)
    if task.article_id is not None:
        return session.get_one(Article, task.article_id)
    about = About(ticket.product_code, ticket.module_code, ticket.fault_type)
    article = knowledge.start(session, about, by=by, at=at)
    if solution is not None:
        written = Written("", solution.cause, [Step(solution.fix, "")], solution.prevention)
        knowledge.write(session, article, "zh_Hans" if _is_chinese(solution.fix) else "en", written, by=by, at=at)
    task.article_id, task.settled_by = article.id, by.person_id
    return article


@dataclass(frozen=True, slots=True)
class Settled:
    """What becomes of a task: the article that covers it, or why there is nothing to learn."""

    outcome: LessonOutcome
    article: Article | None = None
    reason: str = ""


def settle(task: LessonTask, settled: Settled, *, by: Actor, at: datetime) -> None:
    """Say that an article covers it, or why nobody would learn from it."""
    _require_open(task)
    if settled.outcome is LessonOutcome.COVERED and settled.article is None:
        raise LessonError("no-article")
    if settled.outcome is LessonOutcome.NOTHING and not settled.reason:
        raise LessonError("no-reason")
    task.outcome, task.reason = settled.outcome, settled.reason
    task.article_id = settled.article.id if settled.article else None
    task.settled_by, task.settled_at = by.person_id, at


def take_along(session: Session, task: LessonTask, *, by: Actor) -> None:
    """Let every other solved ticket about the same notice fare as this one: what they teach is the same."""
    notice = select(Ticket.notice_id).where(Ticket.id == task.ticket_id).scalar_subquery()
    same = select(Ticket.id).where(Ticket.notice_id == notice, visible_to(by))
    session.execute(
        update(LessonTask)
        .where(LessonTask.ticket_id.in_(same), LessonTask.settled_at.is_(None), LessonTask.article_id.is_(None))
        .values(_fate(task))
    )


def _fate(task: LessonTask) -> dict[str, object]:
    """Return what became of a task, as others take it over."""
    taken_over = ("outcome", "reason", "article_id", "settled_by", "settled_at")
    return {name: getattr(task, name) for name in taken_over}


def _require_open(task: LessonTask) -> None:
    if task.settled_at is not None:
        raise LessonError("settled")


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= each <= "\u9fff" for each in text)
