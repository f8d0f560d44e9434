"""Reads of what is still to be written up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Exists, Row, ScalarSelect, Select, and_, bindparam, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from portal.core.actor import Actor
from portal.core.db import READERS_KEPT
from portal.core.models import TypedText
from portal.lessons.models import LessonTask
from portal.tickets.models import Event, EventKind, Ticket
from portal.tickets.queries import visible_to
from portal.tickets.services import Resolution

AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A solved ticket that asks for an article."""

    ticket_id: UUID
    reference: str
    title: str
    due_at: datetime
    article_id: UUID | None
    """What is being written."""
    others: int = 0
    """How many more solved tickets about the same notice are settled with it."""


def open_tasks(
    session: Session, actor: Actor, *, before: datetime | None = None, after: UUID | None = None
) -> Sequence[TaskLine]:
    """Return what is to be written up, the next due first, one more than a page has where there are more.

    What is about one notice is asked for once: the first of its tickets stands for the others.
    """
    rows = _open_tasks(actor, is_cut=before is not None, goes_on=after is not None)
    return [_line(row) for row in session.execute(rows, {"before": before, "after": after})]


@lru_cache(maxsize=READERS_KEPT)
def _open_tasks(actor: Actor, *, is_cut: bool, goes_on: bool) -> Select[*tuple[Any, ...]]:
    """Return what finds an agent's tasks: those due ``before`` a time, or those ``after`` another."""
    own = aliased(Ticket)
    others, has_earlier = _about_same_notice(actor, own)
    rows = (
        select(own.id, own.reference, TypedText.body, LessonTask.due_at, LessonTask.article_id, others)
        .join(Ticket, Ticket.id == LessonTask.ticket_id)
        .join(own, own.id == LessonTask.ticket_id)
        .join(TypedText, TypedText.id == own.title_id)
        .where(LessonTask.settled_at.is_(None), visible_to(actor), ~has_earlier)
        .order_by(LessonTask.due_at, LessonTask.ticket_id)
        .limit(AT_ONCE + 1)
    )
    if is_cut:
        rows = rows.where(LessonTask.due_at < bindparam("before"))
    if goes_on:
        last = select(LessonTask.due_at).where(LessonTask.ticket_id == bindparam("after")).scalar_subquery()
        same = and_(LessonTask.due_at == last, LessonTask.ticket_id > bindparam("after"))
        rows = rows.where(or_(LessonTask.due_at > last, same))
    return rows


def _about_same_notice(actor: Actor, own: type[Ticket]) -> tuple[ScalarSelect[int], Exists]:
    """Return how many other tasks of a ticket's notice an agent sees, and whether any of them is due earlier."""
    other = aliased(LessonTask)
    same = (
        select(other.ticket_id)
        .join(Ticket, Ticket.id == other.ticket_id)
        .where(Ticket.notice_id == own.notice_id, other.settled_at.is_(None), visible_to(actor))
        .where(other.ticket_id != own.id)
        .correlate(LessonTask, own)
    )
    is_earlier = tuple_(other.due_at, other.ticket_id) < tuple_(LessonTask.due_at, LessonTask.ticket_id)
    return same.with_only_columns(func.count()).scalar_subquery(), same.where(is_earlier).exists()


def _line(row: Row[*tuple[Any, ...]]) -> TaskLine:
    return TaskLine(row[0], row[1], row[2], row[3], row[4], row[5])


def task_of(session: Session, ticket_id: UUID, *, is_held: bool = False) -> LessonTask | None:
    """Return the task of a ticket."""
    return session.get(LessonTask, ticket_id, with_for_update=is_held or None)


def solution_of(session: Session, ticket_id: UUID) -> Resolution | None:
    """Return what a ticket's latest solution said; None where it has been erased."""
    body = session.execute(
        select(TypedText.body)
        .join(Event, Event.text_id == TypedText.id)
        .where(Event.ticket_id == ticket_id, Event.kind == EventKind.RESOLVED, TypedText.erased_at.is_(None))
        .order_by(Event.seq.desc())
        .limit(1)
    ).scalar()
    return Resolution.from_text(body) if body else None
