"""What became of a known issue in an interview: whether its way round helped, or the ticket joins it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from intake.interview import KNOWN_ISSUES, Interview
from portal.core.actor import Actor, Role
from portal.core.db import Base
from portal.interviews.models import Deflection, KnownIssueAnswer
from portal.interviews.queries import Draft, module_of, product_of
from portal.interviews.services.drafts import finish
from portal.knowledge.queries import coded
from portal.notices.models import Notice, ReportSource
from portal.notices.queries import visible_to
from portal.notices.services import report_affected

SOLVED, SAME = "solved", "same"
_LONGEST_CODE = 60


@dataclass(frozen=True, slots=True)
class Outcome:
    """What somebody said about a known issue."""

    notice_id: UUID
    outcome: str


def outcome_of(session: Session, draft: Draft, run: Interview) -> Outcome | None:
    """Return what was said about a known issue on the path; None where there was none to ask about."""
    for answer in _answers(run):
        notice_id = _notice(session, draft, answer["issue"])
        return Outcome(notice_id, answer["outcome"]) if notice_id else None
    return None


def keep_outcome(
    session: Session, draft: Draft, found: Outcome | None, *, ticket_id: UUID | None = None, at: datetime
) -> None:
    """Keep what became of it, once an interview; whoever has the same problem hears how it goes on."""
    if found is None:
        return
    row = {
        "interview_id": draft.id,
        "notice_id": found.notice_id,
        "organisation_id": draft.organisation_id,
        "ticket_id": ticket_id,
        "outcome": found.outcome,
        "at": at,
    }
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    table = Base.metadata.tables[KnownIssueAnswer.__tablename__]
    session.execute(dialect.insert(table).on_conflict_do_nothing(index_elements=["interview_id"]), row)
    if found.outcome in (SOLVED, SAME):
        member = Actor(role=Role.CONTACT, contact_id=draft.contact_id, organisation_id=draft.organisation_id)
        report_affected(session, found.notice_id, source=ReportSource.INTERVIEW, by=member, at=at)


def finish_solved(session: Session, draft: Draft, run: Interview, *, at: datetime) -> None:
    """Close an interview because it works again: no ticket is opened, and what helped is kept."""
    finish(session, draft, ticket_id=draft.ticket_id, at=at)
    said = outcome_of(session, draft, run)
    helped = said if said is not None and said.outcome == SOLVED else None
    keep_outcome(session, draft, helped, ticket_id=draft.ticket_id, at=at)
    if draft.ticket_id is None and SOLVED in run.facts.values():
        _note_deflection(session, draft, run, helped, at=at)


def _note_deflection(session: Session, draft: Draft, run: Interview, helped: Outcome | None, *, at: datetime) -> None:
    session.add(
        Deflection(
            interview_id=draft.id,
            organisation_id=draft.organisation_id,
            product_code=product_of(run)[:_LONGEST_CODE],
            module_code=module_of(run)[:_LONGEST_CODE],
            notice_id=helped.notice_id if helped else None,
            article_id=next((coded(each["issue"]) for each in _answers(run) if each["outcome"] == SOLVED), None),
            at=at,
        )
    )


def _answers(run: Interview) -> Iterator[dict[str, str]]:
    """Yield what was said on the path about known issues and articles."""
    for question_id, answer in run.live.items():
        if run.questionnaire.question(question_id).type == KNOWN_ISSUES and isinstance(answer, Mapping):
            yield {"issue": str(answer.get("issue", "")), "outcome": str(answer["outcome"])}


def _notice(session: Session, draft: Draft, code: str) -> UUID | None:
    if not code or coded(code):
        return None
    reader = Actor(role=Role.CONTACT, organisation_id=draft.organisation_id)
    return session.execute(select(Notice.id).where(Notice.code == code, visible_to(reader))).scalar()
