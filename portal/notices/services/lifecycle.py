"""The way of a notice: to review, to its readers, and out of use again."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.chat import services as chat
from portal.core.actor import Actor
from portal.notices import messages
from portal.notices.models import Notice, NoticeRevision, NoticeState, NoticeText, RevisionState, TextStatus
from portal.notices.permissions import Action, Fault, NoticeRuleError, language_faults, word_faults
from portal.notices.queries.reach import organisations_reached, people_reached
from portal.notices.queries.reading import USABLE, paper_key
from portal.notices.queries.workbench import manuscript, texts_of
from portal.notices.services.loading import begin
from portal.notices.services.writing import show_facts
from portal.outbox.services import add_job, queue_all

PAPER_JOB = "pdf"
_MOVES = {
    Action.WATCH: NoticeState.WATCHING,
    Action.RESOLVE: NoticeState.RESOLVED,
    Action.ARCHIVE: NoticeState.ARCHIVED,
}


def _refuse_faults(faults: list[Fault]) -> None:
    if faults:
        raise NoticeRuleError("not-ready", faults=faults)


def send_to_review(session: Session, notice: Notice, *, by: Actor, today: date) -> None:
    """Ask a second person to look at the words."""
    revision = begin(session, notice, Action.SEND_TO_REVIEW, by=by)
    _refuse_faults(word_faults(manuscript(session, notice, revision), today=today))
    revision.state = RevisionState.IN_REVIEW
    revision.sent_back_because = ""


def send_back(session: Session, notice: Notice, *, reason: str, by: Actor) -> None:
    """Give the words back to their author, with what is to be changed."""
    revision = begin(session, notice, Action.SEND_BACK, by=by)
    revision.state = RevisionState.DRAFT
    revision.sent_back_because = reason
    revision.approved_by = revision.approved_at = None


def approve(session: Session, notice: Notice, *, by: Actor, at: datetime, today: date) -> None:
    """Say, as somebody who didn't write it, that the notice may go out in every language."""
    revision = begin(session, notice, Action.APPROVE, by=by)
    text = manuscript(session, notice, revision)
    _refuse_faults([*word_faults(text, today=today), *language_faults(text)])
    revision.state = RevisionState.APPROVED
    revision.approved_by, revision.approved_at = by.person_id, at
    notice.reviewer_id = by.agent_id


def publish(session: Session, notice: Notice, *, by: Actor, at: datetime, today: date) -> NoticeRevision:
    """Show the approved words to their readers, have them printed, and tell everyone they concern."""
    revision = begin(session, notice, Action.PUBLISH, by=by)
    text = manuscript(session, notice, revision)
    _refuse_faults([*word_faults(text, today=today), *language_faults(text)])
    revision.state, revision.published_at = RevisionState.PUBLISHED, at
    if notice.state == NoticeState.DRAFT:
        notice.state = NoticeState.ACTIVE
    notice.published_at = notice.published_at or at
    notice.revision_number = revision.number
    if revision.is_material:
        notice.material_number = revision.number
    show_facts(session, notice, revision)
    session.flush()
    _have_printed(session, notice, revision, at=at)
    if revision.is_material:
        told = people_reached(session, revision)
        queue_all(session, (messages.published(notice, revision, person_id) for person_id in told), at=at)
        for each in organisations_reached(session, revision):
            chat.announce(session, each.organisation_id, about=messages.PUBLISHED, subject_id=revision.id, at=at)
    return revision


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


def start_revision(session: Session, notice: Notice, *, is_material: bool, by: Actor, at: datetime) -> NoticeRevision:
    """Begin the next revision as a copy; readers keep the present one until it is approved and published."""
    current = begin(session, notice, Action.REVISE, by=by)
    revision = NoticeRevision(
        notice_id=notice.id,
        number=current.number + 1,
        is_material=is_material,
        scope=current.scope,
        action=current.action,
        act_by=current.act_by,
        expires_on=current.expires_on,
        products=current.products,
        audience=current.audience,
        created_by=by.person_id,
        created_at=at,
        authors=[str(by.person_id)],
    )
    session.add(revision)
    session.flush()
    session.add_all(_copy(text, revision) for text in texts_of(session, current.id).values())
    session.flush()
    return revision


def _copy(text: NoticeText, revision: NoticeRevision) -> NoticeText:
    return NoticeText(
        revision_id=revision.id,
        language=text.language,
        status=TextStatus(text.status),
        title=text.title,
        summary=text.summary,
        document=text.document,
        source_sha256=text.source_sha256,
        is_converted=text.is_converted,
        reviewed_by=text.reviewed_by,
    )


def move(session: Session, notice: Notice, action: Action, *, by: Actor) -> None:
    """Say that we are watching it, that it is resolved, or that it is no longer needed."""
    begin(session, notice, action, by=by)
    notice.state = _MOVES[action]


def withdraw(session: Session, notice: Notice, *, reason: str, by: Actor) -> None:
    """Take a notice back; whoever opens it reads why."""
    if not reason:
        raise NoticeRuleError("reason-needed")
    begin(session, notice, Action.WITHDRAW, by=by)
    notice.state, notice.withdrawn_reason = NoticeState.WITHDRAWN, reason


def supersede(session: Session, notice: Notice, *, by_code: str, by: Actor) -> None:
    """Send the readers of a notice to another one that is out."""
    is_out = session.execute(
        select(Notice.id).where(Notice.code == by_code, Notice.id != notice.id, Notice.revision_number.is_not(None))
    ).scalar()
    if is_out is None:
        raise NoticeRuleError("not-there", notice=by_code)
    begin(session, notice, Action.SUPERSEDE, by=by)
    notice.state, notice.superseded_by = NoticeState.SUPERSEDED, by_code
