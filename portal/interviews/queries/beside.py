"""What stands beside an interview: the notice it is about, the ticket it follows up, and the one it has become."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from intake.answers import Answers
from intake.kinds.files import files_of
from portal.core.actor import Actor
from portal.interviews.models import Interview
from portal.notices.models import Notice
from portal.notices.queries import visibility as notices
from portal.questionnaires.models import QuestionnaireVersion
from portal.tickets.models import Ticket
from portal.tickets.queries import visibility as tickets


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
