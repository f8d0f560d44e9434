"""Reads of interviews: whose drafts somebody may see, one draft, and what we know already about who fills it in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, false, select
from sqlalchemy.orm import Session

from intake.answers import Answers
from intake.kinds.files import files_of
from intake.plain import Json
from intake.questionnaire import Questionnaire
from portal.accounts.models import Contact, Installation, Person
from portal.core.actor import Actor, SeeScope
from portal.files.models import StoredFile
from portal.interviews.models import DraftFile, Interview
from portal.notices.models import Notice
from portal.notices.queries import visibility as notices
from portal.questionnaires.models import QuestionnaireVersion
from portal.questionnaires.queries import parsed
from portal.tickets.models import Ticket
from portal.tickets.queries import visibility as tickets


@dataclass(frozen=True, slots=True)
class Draft:
    """One interview as it was read."""

    id: UUID
    organisation_id: UUID
    contact_id: UUID
    version_id: UUID
    ticket_id: UUID | None
    notice_id: UUID | None
    follows_id: UUID | None
    answers: Answers
    visited: frozenset[str]
    page: str
    is_emergency: bool
    channel: str
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
    is_emergency: bool
    saved_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """What the portal knows about who fills in, so that it needn't ask."""

    name: str = ""
    phone: str = ""
    versions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The versions that the organisation runs, by product code."""


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition for interviews that somebody may see: their own, or their organisation's."""
    if not actor.is_customer:
        return false()
    own_organisation = Interview.organisation_id == actor.organisation_id
    if actor.is_manager or actor.see_scope is SeeScope.ORGANISATION:
        return own_organisation
    return and_(own_organisation, Interview.contact_id == actor.contact_id)


_DRAFT = select(
    Interview.id,
    Interview.organisation_id,
    Interview.contact_id,
    Interview.version_id,
    Interview.ticket_id,
    Interview.notice_id,
    Interview.follows_id,
    Interview.answers,
    Interview.visited,
    Interview.page,
    Interview.is_emergency,
    Interview.channel,
    Interview.version,
    Interview.started_at,
    Interview.saved_at,
    Interview.expires_at,
    Interview.submitted_at,
)


def draft(session: Session, actor: Actor, interview_id: UUID, *, at: datetime) -> Draft | None:
    """Return an interview that somebody may see and that hasn't run out, or None."""
    found = _DRAFT.where(Interview.id == interview_id, Interview.expires_at > at, visible_to(actor))
    return _only(session, found)


def current(session: Session, interview_id: UUID) -> Draft | None:
    """Return an interview as it is now, held until the writing transaction ends."""
    return _only(session, _DRAFT.where(Interview.id == interview_id).with_for_update())


def _only(session: Session, found: Select[Any]) -> Draft | None:
    row = session.execute(found).first()
    return None if row is None else _draft(row)


def _draft(row: Row[Any]) -> Draft:
    values = dict(row._mapping)  # noqa: SLF001 (the documented way to a row's names)
    values["answers"] = Answers.from_document(values["answers"])
    values["visited"] = frozenset(values["visited"])
    return Draft(**values)


def drafts_of(session: Session, actor: Actor, *, at: datetime, most: int = 20) -> list[DraftLine]:
    """Return the interviews somebody can go on with, the last saved first."""
    rows = session.execute(
        select(
            Interview.id,
            Interview.version_id,
            Interview.contact_id,
            Interview.is_emergency,
            Interview.saved_at,
            Interview.expires_at,
            Person.name,
        )
        .join(Contact, Contact.id == Interview.contact_id)
        .join(Person, Person.id == Contact.person_id)
        .where(visible_to(actor), Interview.submitted_at.is_(None), Interview.expires_at > at)
        .order_by(Interview.saved_at.desc(), Interview.id.desc())
        .limit(most)
    ).all()
    return [_line(row, parsed(session, row.version_id), actor) for row in rows]


def _line(row: Any, questionnaire: Questionnaire, actor: Actor) -> DraftLine:
    return DraftLine(
        id=row.id,
        title=questionnaire.title,
        questionnaire=questionnaire,
        contact_name=row.name,
        is_own=row.contact_id == actor.contact_id,
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


def notice_to_ask_about(session: Session, actor: Actor, notice_id: UUID) -> UUID | None:
    """Return a notice that somebody may read, or None."""
    return session.execute(select(Notice.id).where(Notice.id == notice_id, notices.visible_to(actor))).scalar()


@dataclass(frozen=True, slots=True)
class Followed:
    """A ticket that is followed up, and the interview it came from."""

    ticket_id: UUID
    key: str
    """The questionnaire's."""
    answers: Answers


def followed(session: Session, actor: Actor, reference: str) -> Followed | None:
    """Return a closed ticket that somebody may follow up, with what was answered for it."""
    row = session.execute(
        select(Ticket.id, QuestionnaireVersion.key, Interview.answers)
        .join(Interview, Interview.ticket_id == Ticket.id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Interview.version_id)
        .where(Ticket.reference == reference, Ticket.closed_at.is_not(None), tickets.visible_to(actor))
    ).first()
    return None if row is None else Followed(row.id, row.key, _without_files(Answers.from_document(row.answers)))


def _without_files(answers: Answers) -> Answers:
    """Return answers without their files, which stay with the ticket they were sent with."""
    files = [key for key, answer in answers.items() if files_of(answer)]
    return answers.with_answers(dict.fromkeys(files))


def known_about(session: Session, contact_id: UUID) -> Known:
    """Return what we know about a contact and what their organisation runs, in one statement."""
    rows = session.execute(
        select(Person.name, Person.phone, Installation.product_code, Installation.version)
        .select_from(Contact)
        .join(Person, Person.id == Contact.person_id)
        .outerjoin(Installation, Installation.organisation_id == Contact.organisation_id)
        .where(Contact.id == contact_id)
        .limit(500)
    ).all()
    if not rows:
        return Known()
    codes = {row.product_code for row in rows if row.product_code}
    versions = {
        code: frozenset(row.version for row in rows if row.product_code == code and row.version) for code in codes
    }
    return Known(name=rows[0].name, phone=rows[0].phone or "", versions=versions)


def context_for(known: Known, questionnaire: Questionnaire, answers: Answers) -> dict[str, Json]:
    """Return the context values an interview may use; what isn't certain is left out rather than guessed."""
    product = _product(known, questionnaire, answers)
    versions = known.versions.get(product, frozenset())
    context = {
        "installation.product": product if product in known.versions else "",
        "installation.version": next(iter(versions)) if len(versions) == 1 else "",
        "contact.name": known.name,
        "contact.phone": known.phone,
    }
    return {name: value for name, value in context.items() if value}


def _product(known: Known, questionnaire: Questionnaire, answers: Answers) -> str:
    """Return the product that was answered, or the only one that the organisation runs."""
    asked = (question.id for question in questionnaire.questions.values() if question.type == "product")
    answered = next((answers[each] for each in asked if each in answers), None)
    if isinstance(answered, str):
        return answered
    return next(iter(known.versions)) if len(known.versions) == 1 else ""


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


@dataclass(frozen=True, slots=True)
class Opened:
    """A ticket as the page after sending names it."""

    reference: str
    opened_at: datetime
    reply_due_at: datetime | None


def opened_ticket(session: Session, ticket_id: UUID) -> Opened | None:
    """Return the ticket that an interview has become."""
    return _opened(session, Ticket.id == ticket_id)


def call_back(session: Session, ticket_id: UUID) -> Opened | None:
    """Return a call-back that nobody has verified yet."""
    return _opened(session, and_(Ticket.id == ticket_id, Ticket.organisation_id.is_(None)))


def _opened(session: Session, which: ColumnElement[bool]) -> Opened | None:
    row = session.execute(select(Ticket.reference, Ticket.opened_at, Ticket.next_due_at).where(which)).first()
    return None if row is None else Opened(row.reference, row.opened_at, row.next_due_at)


def version_of(session: Session, interview_id: UUID) -> UUID | None:
    """Return the questionnaire version of an interview, whoever asks; it is for parking, which shows nothing."""
    return session.execute(select(Interview.version_id).where(Interview.id == interview_id)).scalar()
