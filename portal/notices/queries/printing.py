"""Everything that the printed sheet of a revision says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.notices.models import (
    ActionNeeded,
    Notice,
    NoticeKind,
    NoticeRevision,
    NoticeState,
    NoticeText,
    ProductRange,
    TextStatus,
    Words,
    product_ranges,
)
from portal.notices.queries.reading import USABLE, is_current
from portal.notices.queries.visibility import visible_to


@dataclass(frozen=True, slots=True)
class PrintedText:
    """A revision's words in one language."""

    title: str
    words: Words


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line of the history, in every language."""

    number: int
    published_at: datetime
    changes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PrintedNotice:
    """A revision as it goes on paper."""

    id: UUID
    """The notice's."""
    revision_id: UUID
    code: str
    kind: NoticeKind
    number: int
    source_language: str
    action: ActionNeeded
    act_by: date | None
    expires_on: date
    published_at: datetime | None
    products: Sequence[ProductRange]
    texts: Mapping[str, PrintedText]
    history: Sequence[PrintedLine]


def printed_notice(session: Session, revision_id: UUID) -> PrintedNotice | None:
    """Return a published revision for printing; None once the notice was taken back."""
    row = session.execute(
        select(Notice, NoticeRevision)
        .join(NoticeRevision, NoticeRevision.notice_id == Notice.id)
        .where(NoticeRevision.id == revision_id)
    ).first()
    if row is None or row.NoticeRevision.published_at is None:
        return None
    if row.Notice.state in (NoticeState.WITHDRAWN, NoticeState.SUPERSEDED):
        return None
    return _printed(session, row.Notice, row.NoticeRevision)


def drafted_notice(session: Session, revision_id: UUID) -> PrintedNotice | None:
    """Return a revision as it would go on paper now, in every language that something is written in."""
    row = session.execute(
        select(Notice, NoticeRevision)
        .join(NoticeRevision, NoticeRevision.notice_id == Notice.id)
        .where(NoticeRevision.id == revision_id)
    ).first()
    return _printed(session, row.Notice, row.NoticeRevision, statuses=tuple(TextStatus)) if row else None


def published_notice(session: Session, actor: Actor, code: str) -> PrintedNotice | None:
    """Return the revision that readers see of a notice that an actor may read."""
    revision_id = session.execute(
        select(NoticeRevision.id).join(Notice, is_current()).where(Notice.code == code, visible_to(actor))
    ).scalar()
    return printed_notice(session, revision_id) if revision_id else None


def _printed(
    session: Session, notice: Notice, revision: NoticeRevision, *, statuses: Sequence[TextStatus] = USABLE
) -> PrintedNotice:
    lines = [line for line in _history(session, notice.id) if line.number <= revision.number]
    texts = session.execute(
        select(NoticeText).where(NoticeText.revision_id == revision.id, NoticeText.status.in_(statuses))
    ).scalars()
    return PrintedNotice(
        id=notice.id,
        revision_id=revision.id,
        source_language=notice.source_language,
        code=notice.code,
        kind=NoticeKind(notice.kind),
        number=revision.number,
        action=ActionNeeded(revision.action),
        act_by=revision.act_by,
        expires_on=revision.expires_on,
        published_at=revision.published_at,
        products=product_ranges(revision.products),
        texts={text.language: PrintedText(text.title, Words.of(text.document)) for text in texts},
        history=lines,
    )


def _history(session: Session, notice_id: UUID) -> list[PrintedLine]:
    rows = session.execute(
        select(NoticeRevision.number, NoticeRevision.published_at, NoticeText.language, NoticeText.change)
        .join(NoticeText, NoticeText.revision_id == NoticeRevision.id)
        .where(
            NoticeRevision.notice_id == notice_id,
            NoticeRevision.published_at.is_not(None),
            NoticeText.status.in_(USABLE),
        )
        .order_by(NoticeRevision.number.desc())
    ).all()
    numbers = {row.number: row.published_at for row in rows}
    return [
        PrintedLine(number, at, {row.language: row.change for row in rows if row.number == number})
        for number, at in numbers.items()
    ]
