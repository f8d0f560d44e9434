"""Reminding organisations of what they have not answered, some days before it is to be done; never after an answer."""

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session

from portal.notices import messages
from portal.notices.models import ActionNeeded, Notice, NoticeReminder, NoticeRevision, NoticeState
from portal.notices.queries.calling import unanswered_by
from portal.notices.queries.reach import organisations_reached, people_at
from portal.notices.queries.reading import is_current
from portal.outbox.services import queue_for_all

DAYS_BEFORE = (7, 3, 1)
"""When somebody is reminded: so many days before it is to be done."""
_OPEN = (NoticeState.ACTIVE, NoticeState.WATCHING)


def remind_due(session: Session, *, at: datetime, today: date) -> bool:
    """Remind of the notice that is due first; returns whether there was one, so that the next comes at once.

    After a pause of the worker only the latest reminder goes out, not all that were missed.
    """
    for days in sorted(DAYS_BEFORE):
        row = session.execute(_due(days, at, today)).first()
        if row is not None:
            _remind(session, row.Notice, row.NoticeRevision, days, at=at)
            return True
    return False


def _due(days: int, at: datetime, today: date) -> Select[Notice, NoticeRevision]:
    # Who has just been told isn't reminded on the same day.
    return (
        select(Notice, NoticeRevision)
        .join(NoticeRevision, is_current())
        .where(
            Notice.state.in_(_OPEN),
            Notice.action != ActionNeeded.NONE,
            Notice.act_by >= today,
            Notice.act_by <= today + timedelta(days=days),
            NoticeRevision.published_at <= at - timedelta(days=1),
            ~_was_reminded(days),
        )
        .order_by(Notice.act_by, Notice.code)
        .limit(1)
        .with_for_update(of=Notice)
    )


def _was_reminded(days: int) -> ColumnElement[bool]:
    """Whether this reminder, or a later one, went out."""
    return exists().where(
        NoticeReminder.notice_id == Notice.id,
        NoticeReminder.revision_number == Notice.material_number,
        NoticeReminder.days_before <= days,
    )


def _remind(session: Session, notice: Notice, revision: NoticeRevision, days: int, *, at: datetime) -> None:
    reached = [each.organisation_id for each in organisations_reached(session, revision)]
    people = people_at(session, unanswered_by(session, notice, reached))
    queue_for_all(session, messages.reminder(notice, days), people, at=at)
    told = session.execute(select(func.count()).select_from(people.subquery())).scalar_one()
    number = notice.material_number
    session.add(NoticeReminder(notice_id=notice.id, revision_number=number, days_before=days, told=told, at=at))
    session.flush()
