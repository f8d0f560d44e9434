"""Reads of drafts: whose somebody may see, one of them, the list of them, and their files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, false, func, select, true
from sqlalchemy.orm import Session, aliased

from intake.answers import Answers
from intake.questionnaire import Questionnaire
from portal.accounts.models import Contact, Person
from portal.core.actor import Actor, SeeScope
from portal.core.db import READERS_KEPT
from portal.files.models import StoredFile
from portal.interviews.models import DraftFile, Interview
from portal.questionnaires.models import QuestionnaireVersion
from portal.questionnaires.queries import parsed

PHONE = "phone"
"""The channel of an interview that an agent fills in for a contact on the phone."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One interview as it was read."""

    id: UUID
    organisation_id: UUID
    contact_id: UUID
    version_id: UUID
    newest_id: UUID
    """The newest version of its questionnaire."""
    ticket_id: UUID | None
    notice_id: UUID | None
    follows_id: UUID | None
    answers: Answers
    visited: frozenset[str]
    page: str
    is_emergency: bool
    channel: str
    begun_by: UUID | None
    version: int
    started_at: datetime
    saved_at: datetime
    expires_at: datetime
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in a list."""

    id: UUID
    title: str
    questionnaire: Questionnaire
    contact_name: str
    is_own: bool
    is_by_phone: bool
    is_emergency: bool
    saved_at: datetime
    expires_at: datetime


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition for interviews that somebody may see.

    A contact sees their own, or their organisation's; an agent those they have begun for others, as long as they
    serve them.
    """
    if actor.is_agent:
        served = true() if actor.organisations is None else Interview.organisation_id.in_(sorted(actor.organisations))
        return and_(Interview.begun_by == actor.person_id, served)
    if not actor.is_customer:
        return false()
    own_organisation = Interview.organisation_id == actor.organisation_id
    if actor.is_manager or actor.see_scope is SeeScope.ORGANISATION:
        return own_organisation
    return and_(own_organisation, Interview.contact_id == actor.contact_id)


_newer = aliased(QuestionnaireVersion)
_NEWEST = (
    select(_newer.id)
    .where(_newer.key == QuestionnaireVersion.key)
    .order_by(_newer.number.desc())
    .limit(1)
    .correlate(QuestionnaireVersion)
    .scalar_subquery()
)
_DRAFT = select(
    Interview.id,
    Interview.organisation_id,
    Interview.contact_id,
    Interview.version_id,
    _NEWEST.label("newest_id"),
    Interview.ticket_id,
    Interview.notice_id,
    Interview.follows_id,
    Interview.answers,
    Interview.visited,
    Interview.page,
    Interview.is_emergency,
    Interview.channel,
    Interview.begun_by,
    Interview.version,
    Interview.started_at,
    Interview.saved_at,
    Interview.expires_at,
    Interview.submitted_at,
).join(QuestionnaireVersion, QuestionnaireVersion.id == Interview.version_id)


def draft(session: Session, actor: Actor, interview_id: UUID, *, at: datetime) -> Draft | None:
    """Return an interview that somebody may see and that hasn't run out, or None."""
    found = _DRAFT.where(Interview.id == interview_id, Interview.expires_at > at, visible_to(actor))
    return _only(session, found)


def current(session: Session, interview_id: UUID) -> Draft | None:
    """Return an interview as it is now, held until the writing transaction ends."""
    return _only(session, _DRAFT.where(Interview.id == interview_id).with_for_update(of=Interview))


def _only(session: Session, found: Select[Any]) -> Draft | None:
    row = session.execute(found).first()
    return None if row is None else _draft(row)


def _draft(row: Row[Any]) -> Draft:
    values = dict(row._mapping)  # noqa: SLF001 (the documented way to a row's names)
    values["answers"] = Answers.from_document(values["answers"])
    values["visited"] = frozenset(values["visited"])
    return Draft(**values)


def drafts_of(
    session: Session, actor: Actor, *, at: datetime, organisation_id: UUID | None = None, most: int = 20
) -> list[DraftLine]:
    """Return the interviews somebody can go on with, of one organisation or of all, the last saved first."""
    wanted = _drafts(actor, is_of_one=organisation_id is not None, most=most)
    rows = session.execute(wanted, {"at": at, "organisation_id": organisation_id}).all()
    return [_line(row, parsed(session, row.version_id), actor) for row in rows]


@lru_cache(maxsize=READERS_KEPT)
def _drafts(actor: Actor, *, is_of_one: bool, most: int) -> Select[*tuple[Any, ...]]:
    of_one = Interview.organisation_id == bindparam("organisation_id") if is_of_one else true()
    return (
        select(
            Interview.id,
            Interview.version_id,
            Interview.contact_id,
            Interview.is_emergency,
            Interview.channel,
            Interview.saved_at,
            Interview.expires_at,
            Person.name,
        )
        .join(Contact, Contact.id == Interview.contact_id)
        .join(Person, Person.id == Contact.person_id)
        .where(visible_to(actor), of_one, Interview.submitted_at.is_(None), Interview.expires_at > bindparam("at"))
        .order_by(Interview.saved_at.desc(), Interview.id.desc())
        .limit(most)
    )


def _line(row: Any, questionnaire: Questionnaire, actor: Actor) -> DraftLine:
    return DraftLine(
        id=row.id,
        title=questionnaire.title,
        questionnaire=questionnaire,
        contact_name=row.name,
        is_own=row.contact_id == actor.contact_id,
        is_by_phone=row.channel == PHONE,
        is_emergency=row.is_emergency,
        saved_at=row.saved_at,
        expires_at=row.expires_at,
    )


def open_details(session: Session, actor: Actor, ticket_id: UUID, *, at: datetime) -> UUID | None:
    """Return the interview that still takes details of an emergency, or None."""
    return session.execute(
        select(Interview.id).where(
            visible_to(actor),
            Interview.ticket_id == ticket_id,
            Interview.submitted_at.is_(None),
            Interview.expires_at > at,
        )
    ).scalar()


def draft_file(session: Session, actor: Actor, interview_id: UUID, file_id: UUID) -> StoredFile | None:
    """Return a file of a draft that somebody may see, or None."""
    return session.execute(
        select(StoredFile)
        .join(DraftFile, DraftFile.file_id == StoredFile.id)
        .join(Interview, Interview.id == DraftFile.interview_id)
        .where(
            StoredFile.id == file_id,
            DraftFile.interview_id == interview_id,
            StoredFile.erased_at.is_(None),
            visible_to(actor),
        )
    ).scalar_one_or_none()


def version_of(session: Session, interview_id: UUID) -> UUID | None:
    """Return the questionnaire version of an interview, whoever asks; it is for parking, which shows nothing."""
    return session.execute(select(Interview.version_id).where(Interview.id == interview_id)).scalar()


def open_drafts(session: Session, versions: Sequence[UUID], *, at: datetime) -> Mapping[UUID, int]:
    """Return how many interviews are begun and not sent on each of some versions; none of them is shown."""
    rows = session.execute(
        select(Interview.version_id, func.count().label("drafts"))
        .where(Interview.version_id.in_(versions), Interview.submitted_at.is_(None), Interview.expires_at > at)
        .group_by(Interview.version_id)
    )
    return {row.version_id: row.drafts for row in rows}
