"""The way of a notice: to review, to its readers, and out of use again."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Person
from portal.core.actor import Actor
from portal.notices import messages
from portal.notices.models import Notice, NoticeRevision, NoticeState, NoticeText, RevisionState, TextStatus
from portal.notices.permissions import Action, Fault, NoticeRuleError, language_faults, word_faults
from portal.notices.queries.workbench import manuscript, texts_of, working_revision
from portal.notices.services import telling
from portal.notices.services.loading import begin
from portal.notices.services.writing import note_author
from portal.outbox.services import queue

_MOVES = {
    Action.WATCH: NoticeState.WATCHING,
    Action.RESOLVE: NoticeState.RESOLVED,
    Action.ARCHIVE: NoticeState.ARCHIVED,
    Action.DISCARD: NoticeState.ARCHIVED,
}


def refuse_faults(faults: list[Fault]) -> None:
    """Raise NoticeRuleError where anything is still missing."""
    if faults:
        raise NoticeRuleError("not-ready", faults=faults)


def send_to_review(session: Session, notice: Notice, *, by: Actor, today: date) -> None:
    """Ask a second person to look at the words; whoever asks vouches for them, and can't be the one who approves."""
    revision = begin(session, notice, Action.SEND_TO_REVIEW, by=by)
    refuse_faults(word_faults(manuscript(session, notice, revision), today=today))
    note_author(revision, by)
    revision.state = RevisionState.IN_REVIEW
    revision.sent_back_because = ""


def ask_for_review(
    session: Session, notice: Notice, *, reviewer_id: UUID, by: Actor, at: datetime, today: date
) -> None:
    """Ask a certain colleague to look at the words, who had no hand in them, and have them told."""
    send_to_review(session, notice, by=by, today=today)
    revision = working_revision(session, notice)
    person_id = session.execute(
        select(Person.id).join(Agent, Agent.person_id == Person.id).where(Agent.id == reviewer_id, Person.active)
    ).scalar_one_or_none()
    if person_id is None or str(person_id) in revision.authors:
        raise NoticeRuleError("reviewer-needed")
    notice.reviewer_id = reviewer_id
    queue(session, messages.to_review(notice, revision, person_id), at=at)


def send_back(session: Session, notice: Notice, *, reason: str, by: Actor) -> None:
    """Give the words back to their author, with what is to be changed."""
    revision = begin(session, notice, Action.SEND_BACK, by=by)
    revision.state = RevisionState.DRAFT
    revision.sent_back_because = reason
    revision.approved_by = revision.approved_at = revision.publish_at = None


def approve(session: Session, notice: Notice, *, by: Actor, at: datetime, today: date) -> None:
    """Say, as somebody who didn't write it, that the notice may go out in every language."""
    revision = begin(session, notice, Action.APPROVE, by=by)
    text = manuscript(session, notice, revision)
    refuse_faults([*word_faults(text, today=today), *language_faults(text)])
    revision.state = RevisionState.APPROVED
    revision.approved_by, revision.approved_at = by.person_id, at
    notice.reviewer_id = by.agent_id


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
    """Say that we are watching it, that it is resolved, that it is no longer needed, or never will be."""
    begin(session, notice, action, by=by)
    notice.state = _MOVES[action]


def withdraw(session: Session, notice: Notice, *, reason: str, by: Actor, at: datetime) -> None:
    """Take a notice back; whoever had been told of it is told why."""
    if not reason:
        raise NoticeRuleError("reason-needed")
    begin(session, notice, Action.WITHDRAW, by=by)
    notice.state, notice.withdrawn_reason = NoticeState.WITHDRAWN, reason
    telling.tell_of_withdrawal(session, notice, at=at)


def supersede(session: Session, notice: Notice, *, by_code: str, by: Actor) -> None:
    """Send the readers of a notice to another one that is out."""
    is_out = session.execute(
        select(Notice.id).where(Notice.code == by_code, Notice.id != notice.id, Notice.revision_number.is_not(None))
    ).scalar()
    if is_out is None:
        raise NoticeRuleError("not-there", notice=by_code)
    begin(session, notice, Action.SUPERSEDE, by=by)
    notice.state, notice.superseded_by = NoticeState.SUPERSEDED, by_code
