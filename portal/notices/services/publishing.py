"""Bringing an approved notice to its readers: now, or at a moment that somebody has set."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.notices.models import IN_FORCE, Notice, NoticeRevision, NoticeState, RevisionState
from portal.notices.permissions import Action, NoticeRuleError, language_faults, word_faults
from portal.notices.queries.reading import USABLE, paper_key
from portal.notices.queries.workbench import manuscript, texts_of
from portal.notices.services import telling
from portal.notices.services.finding import make_found
from portal.notices.services.lifecycle import refuse_faults
from portal.notices.services.loading import begin
from portal.notices.services.writing import show_facts
from portal.outbox.services import add_job

PAPER_JOB = "pdf"
SOONEST = timedelta(minutes=1)
"""A moment that is nearer than this is now."""


def publish(session: Session, notice: Notice, *, by: Actor, at: datetime, today: date) -> NoticeRevision:
    """Show the approved words to their readers, have them printed, and tell everyone they concern."""
    revision = begin(session, notice, Action.PUBLISH, by=by)
    put_out(session, notice, revision, at=at, today=today)
    return revision


def put_out(session: Session, notice: Notice, revision: NoticeRevision, *, at: datetime, today: date) -> None:
    """Publish a revision that was approved; raises NoticeRuleError where it is not fit to go out any more."""
    text = manuscript(session, notice, revision)
    refuse_faults([*word_faults(text, today=today), *language_faults(text)])
    revision.state, revision.published_at = RevisionState.PUBLISHED, at
    if notice.state == NoticeState.DRAFT:
        notice.state = NoticeState.ACTIVE
    notice.published_at = notice.published_at or at
    notice.revision_number = revision.number
    if revision.is_material:
        notice.material_number = revision.number
    show_facts(session, notice, revision)
    session.flush()
    make_found(session, notice, revision)
    _have_printed(session, notice, revision, at=at)
    if revision.is_material:
        telling.tell_everyone(session, notice, revision, at=at)


def _have_printed(session: Session, notice: Notice, revision: NoticeRevision, *, at: datetime) -> None:
    for language, text in texts_of(session, revision.id).items():
        if text.status in USABLE:
            add_job(
                session,
                PAPER_JOB,
                {"document": "notice", "id": str(revision.id), "locale": language, "time_zone": "Asia/Shanghai"},
                dedupe_key=paper_key(notice.code, revision.number, language),
                at=at,
            )


def schedule(session: Session, notice: Notice, *, publish_at: datetime, by: Actor, at: datetime) -> None:
    """Have an approved notice go out by itself at a moment; a second moment takes the place of the first."""
    revision = begin(session, notice, Action.SCHEDULE, by=by)
    if publish_at < at + SOONEST:
        raise NoticeRuleError("moment-passed")
    if publish_at.date() > revision.expires_on:
        raise NoticeRuleError("moment-after-expiry")
    revision.state, revision.publish_at = RevisionState.SCHEDULED, publish_at


def unschedule(session: Session, notice: Notice, *, by: Actor) -> None:
    """Keep a notice from going out by itself; it stays approved."""
    revision = begin(session, notice, Action.UNSCHEDULE, by=by)
    revision.state, revision.publish_at = RevisionState.APPROVED, None


def next_due(session: Session, *, at: datetime) -> tuple[Notice, NoticeRevision] | None:
    """Return the notice whose moment came first, locked for changing."""
    row = session.execute(
        select(Notice, NoticeRevision)
        .join(NoticeRevision, NoticeRevision.notice_id == Notice.id)
        .where(NoticeRevision.state == RevisionState.SCHEDULED, NoticeRevision.publish_at <= at)
        .where(Notice.state.in_((NoticeState.DRAFT, *IN_FORCE)))
        .order_by(NoticeRevision.publish_at, Notice.code)
        .limit(1)
        .with_for_update()
    ).first()
    return (row.Notice, row.NoticeRevision) if row else None
