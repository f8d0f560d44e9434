"""The notices an actor may read, sorted by who has the ball."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, String, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from portal.core.actor import Actor
from portal.notices.models import (
    IN_FORCE,
    ActionNeeded,
    Notice,
    NoticeKind,
    NoticeRevision,
    NoticeState,
    NoticeText,
    Receipt,
    ReceiptKind,
    product_ranges,
)
from portal.notices.queries.concern import Concern, Installed, concern
from portal.notices.queries.reading import USABLE, Answer, installed_by, is_current, is_settled
from portal.notices.queries.visibility import visible_to

MOST = 500
"""Notices in force at one time; far more than anyone has."""
_OURS = (NoticeKind.KNOWN_ISSUE, NoticeKind.INCIDENT)


class Group(StrEnum):
    """Who has the ball."""

    TO_DO = "to_do"
    OURS = "ours"
    TO_KNOW = "to_know"


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice in a list."""

    id: UUID
    code: str
    kind: NoticeKind
    state: NoticeState
    action: ActionNeeded
    act_by: date | None
    number: int
    material_number: int
    updated_at: datetime
    language: str
    title: str
    summary: str
    concern: Concern
    answer: Answer | None = None

    @property
    def is_settled(self) -> bool:
        """Whether the organisation has answered it for good."""
        return is_settled(self.answer, self.material_number, self.action)

    @property
    def group(self) -> Group:
        """Who has the ball: you, we, or nobody."""
        asks = self.action is not ActionNeeded.NONE and self.state is not NoticeState.RESOLVED
        if asks and self.concern.is_likely and not self.is_settled:
            return Group.TO_DO
        if self.kind in _OURS and self.state in (NoticeState.ACTIVE, NoticeState.WATCHING):
            return Group.OURS
        return Group.TO_KNOW


def notices_for(session: Session, actor: Actor, *, locale: str, today: date) -> list[NoticeRow]:
    """Return the notices in force that an actor may read, newest first; at most three statements."""
    rows = session.execute(_in_force(actor, today), {"locale": locale}).all()
    organisation_id = actor.organisation_id
    if not rows or organisation_id is None:
        return [_row(each, [], None) for each in rows]
    installed = installed_by(session, organisation_id)
    answers = latest_answers(session, organisation_id)
    return [_row(each, installed, answers.get(each.id)) for each in rows]


@lru_cache(maxsize=2000)
def _in_force(actor: Actor, today: date) -> Any:
    """Return what finds a reader's notices on a day: putting the statement together costs more than asking it."""
    own, source = aliased(NoticeText), aliased(NoticeText)
    is_readers = (own.language == bindparam("locale", type_=String)) & own.status.in_(USABLE)
    return (
        select(
            Notice.id, Notice.code, Notice.kind, Notice.state, Notice.action, Notice.act_by, Notice.material_number,
            NoticeRevision.number, NoticeRevision.published_at, NoticeRevision.products,
            func.coalesce(own.language, source.language).label("language"),
            func.coalesce(own.title, source.title).label("title"),
            func.coalesce(own.summary, source.summary).label("summary"),
        )
        .join(NoticeRevision, is_current())
        .join(source, (source.revision_id == NoticeRevision.id) & (source.language == Notice.source_language))
        .outerjoin(own, (own.revision_id == NoticeRevision.id) & is_readers)
        .where(visible_to(actor), Notice.state.in_(IN_FORCE), Notice.expires_on >= today)
        .order_by(NoticeRevision.published_at.desc(), Notice.code.desc())
        .limit(MOST)
    )  # fmt: skip


def _latest_answers() -> Select[*tuple[Any, ...]]:
    place = func.row_number().over(partition_by=Receipt.notice_id, order_by=(Receipt.at.desc(), Receipt.id.desc()))
    ranked = (
        select(Receipt.notice_id, Receipt.kind, Receipt.revision_number, Receipt.at, place.label("place"))
        .where(Receipt.organisation_id == bindparam("organisation_id"), Receipt.kind != ReceiptKind.OPENED)
        .subquery()
    )
    return select(ranked).where(ranked.c.place == 1)


_LATEST_ANSWERS = _latest_answers()


def latest_answers(session: Session, organisation_id: UUID) -> dict[UUID, Answer]:
    """Return what an organisation answered last to each notice."""
    rows = session.execute(_LATEST_ANSWERS, {"organisation_id": organisation_id})
    return {row.notice_id: Answer(ReceiptKind(row.kind), row.revision_number, row.at, "") for row in rows}


def _row(row: Row[Any], installed: Sequence[Installed], answer: Answer | None) -> NoticeRow:
    return NoticeRow(
        id=row.id,
        code=row.code,
        kind=NoticeKind(row.kind),
        state=NoticeState(row.state),
        action=ActionNeeded(row.action),
        act_by=row.act_by,
        number=row.number,
        material_number=row.material_number,
        updated_at=row.published_at,
        language=row.language,
        title=row.title,
        summary=row.summary,
        concern=concern(product_ranges(row.products), installed),
        answer=answer,
    )


def newest_order(rows: Sequence[NoticeRow]) -> list[NoticeRow]:
    """Return the rows with what is due first on top, the others newest first."""
    due = sorted((row for row in rows if row.act_by), key=lambda row: (row.act_by or date.max, row.code))
    return [*due, *(row for row in rows if not row.act_by)]
