"""Drafts: started, saved page by page, finished, and dropped when they have run out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, event, insert, select, update
from sqlalchemy.orm import Session

from intake.answers import Answers, Mark
from intake.plain import Json
from portal.core import limits
from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.files.checks import CheckedFile
from portal.files.models import StoredFile
from portal.files.services import Owner, receive
from portal.interviews import queries
from portal.interviews.models import DraftFile, Interview, ParkedForm
from portal.interviews.queries import PHONE, Draft
from portal.interviews.services.upgrading import upgraded
from portal.questionnaires.queries import after, parsed

_TRIES_KEPT = timedelta(days=2)


class DraftError(DomainError):
    """An interview can't be started or changed: ``not-a-contact``, ``already-sent`` or ``gone``."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that lies on the store already and waits for its row."""

    question_id: str
    checked: CheckedFile
    storage_key: str


@dataclass(frozen=True, slots=True)
class Step:
    """What one page that was sent changes."""

    changes: Mapping[str, Json]
    """Question id to answer; None takes one away."""
    marks: Mapping[str, Mark] = field(default_factory=dict)
    visited: str | None = None
    page: str = ""
    """Where to go on; empty once only checking is left."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What an interview begins with."""

    version_id: UUID
    notice_id: UUID | None = None
    follows_id: UUID | None = None
    answers: Answers = field(default_factory=Answers)
    """What was answered for the ticket that this one follows up."""
    on_behalf: "Caller | None" = None
    """Who is on the phone, where an agent fills it in."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A contact who is on the phone."""

    contact_id: UUID
    organisation_id: UUID


def start(session: Session, beginning: Beginning, *, by: Actor, keep: timedelta, at: datetime) -> Interview:
    """Start an interview for a contact; it is kept for so long after it was last saved.

    An agent starts one for somebody on the phone, and whoever calls must have checked that they serve them.
    """
    caller = beginning.on_behalf if by.is_agent else _oneself(by)
    if caller is None:
        raise DraftError("not-a-contact")
    row = Interview(
        organisation_id=caller.organisation_id,
        contact_id=caller.contact_id,
        channel=PHONE if by.is_agent else "portal",
        begun_by=by.person_id if by.is_agent else None,
        version_id=beginning.version_id,
        notice_id=beginning.notice_id,
        follows_id=beginning.follows_id,
        answers=beginning.answers.as_document(),
        visited=[],
        started_at=at,
        saved_at=at,
        expires_at=at + keep,
    )
    session.add(row)
    session.flush()
    return row


def _oneself(by: Actor) -> Caller | None:
    if by.contact_id is None or by.organisation_id is None:
        return None
    return Caller(by.contact_id, by.organisation_id)


def begin(session: Session, version_id: UUID, *, by: Actor, keep: timedelta, at: datetime) -> Draft:
    """Start an interview that is answered in the same transaction."""
    row = start(session, Beginning(version_id), by=by, keep=keep, at=at)
    draft = queries.current(session, row.id)
    if draft is None:
        raise DraftError("gone")
    return draft


def save(session: Session, draft: Draft, step: Step, *, keep: timedelta, at: datetime) -> Draft:
    """Keep what one page changes and return the interview as it is now.

    Where another window saved in between, its other answers stay; raises DraftError once it was sent.
    """
    saved = _write(session, draft, step, keep=keep, at=at)
    if saved is None:
        now = queries.current(session, draft.id)
        if now is None:
            raise DraftError("gone")
        now = _in_version(session, now, draft)
        saved = _write(session, now, step, keep=keep, at=at)
    if saved is None:
        raise DraftError("already-sent")
    return saved


def _in_version(session: Session, now: Draft, draft: Draft) -> Draft:
    """Return what another window saved as it goes on in the version that this one was read in."""
    old = parsed(session, now.version_id)
    moved = (
        upgraded(now, old, after(session, now.version_id, draft.version_id)) if _is_newer(session, draft, now) else None
    )
    return moved.draft if moved else now


def _is_newer(session: Session, draft: Draft, now: Draft) -> bool:
    return parsed(session, draft.version_id).version > parsed(session, now.version_id).version


def _write(session: Session, draft: Draft, step: Step, *, keep: timedelta, at: datetime) -> Draft | None:
    """Write onto the version that was read; None where it isn't the newest any more."""
    changed = _after(draft, step, keep=keep, at=at)
    written = session.execute(
        update(Interview)
        .where(Interview.id == draft.id, Interview.version == draft.version, Interview.submitted_at.is_(None))
        .values(
            version_id=changed.version_id,
            answers=changed.answers.as_document(),
            visited=sorted(changed.visited),
            page=changed.page,
            version=changed.version,
            saved_at=changed.saved_at,
            expires_at=changed.expires_at,
        )
        .returning(Interview.id)
    ).scalar()
    return None if written is None else changed


def _after(draft: Draft, step: Step, *, keep: timedelta, at: datetime) -> Draft:
    visited = draft.visited | {step.visited} if step.visited else draft.visited
    return Draft(
        **{
            **{name: getattr(draft, name) for name in Draft.__slots__},
            "answers": draft.answers.with_answers(step.changes, step.marks),
            "visited": visited,
            "page": step.page,
            "version": draft.version + 1,
            "saved_at": at,
            "expires_at": at + keep,
        }
    )


def keep_files(
    session: Session, draft: Draft, files: Sequence[NewFile], *, by: Actor, at: datetime
) -> list[StoredFile]:
    """Add files to a draft; whoever may see the draft may see them."""
    owner = Owner(person_id=by.person_id, organisation_id=draft.organisation_id)
    rows = [receive(session, each.checked, storage_key=each.storage_key, owner=owner, at=at) for each in files]
    for row, each in zip(rows, files, strict=True):
        session.execute(insert(DraftFile).values(file_id=row.id, interview_id=draft.id, question_id=each.question_id))
    return rows


def finish(session: Session, draft: Draft, *, ticket_id: UUID | None, at: datetime) -> None:
    """Close an interview: its ticket is open, or nothing needs one any more; raises DraftError if it was closed."""
    closed = session.execute(
        update(Interview)
        .where(Interview.id == draft.id, Interview.version == draft.version, Interview.submitted_at.is_(None))
        .values(
            version_id=draft.version_id,
            answers=draft.answers.as_document(),
            ticket_id=ticket_id,
            submitted_at=at,
            version=draft.version + 1,
        )
        .returning(Interview.id)
    ).scalar()
    if closed is None:
        raise DraftError("already-sent")


def purge(session: Session, *, remove: Callable[[str], None], at: datetime) -> None:
    """Drop the drafts that have run out without being sent; once that is certain, ``remove`` their stored files."""
    out: ColumnElement[bool] = Interview.expires_at <= at
    gone = select(Interview.id).where(out, Interview.ticket_id.is_(None), Interview.submitted_at.is_(None))
    files = session.execute(
        select(StoredFile.id, StoredFile.storage_key)
        .join(DraftFile, DraftFile.file_id == StoredFile.id)
        .where(DraftFile.interview_id.in_(gone))
    ).all()
    session.execute(delete(ParkedForm).where(ParkedForm.interview_id.in_(gone) | (ParkedForm.expires_at <= at)))
    session.execute(delete(DraftFile).where(DraftFile.interview_id.in_(gone)))
    session.execute(delete(StoredFile).where(StoredFile.id.in_([row.id for row in files])))
    session.execute(delete(Interview).where(out, Interview.ticket_id.is_(None), Interview.submitted_at.is_(None)))

    def remove_files(_: Session) -> None:
        for row in files:
            remove(row.storage_key)

    if files:
        event.listen(session, "after_commit", remove_files, once=True)


def purging(remove: Callable[[str], None]) -> Callable[..., None]:
    """Return what the worker does once a minute: drop what has run out, and forget old tries."""

    def purge_all(session: Session, *, at: datetime) -> None:
        purge(session, remove=remove, at=at)
        limits.forget(session, at - _TRIES_KEPT)

    return purge_all
