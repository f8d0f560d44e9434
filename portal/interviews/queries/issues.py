"""The known issues that an interview's answers look like; worked out anew at each page, and never kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from intake.interview import KNOWN_ISSUES, Interview
from intake.plain import Json
from intake.questionnaire import Page, Question
from portal.core.actor import Actor, Role
from portal.interviews.models import KnownIssueAnswer
from portal.knowledge.queries import Helping, helping
from portal.knowledge.services import About
from portal.notices.queries import KnownIssue, Problem, known_issues_for

_NO_CODE = ("other", "unknown")


def problem_of(run: Interview) -> Problem:
    """Return what the answers say of the problem; nothing until all that it is matched by has been asked."""
    page = _page(run)
    if page is None:
        return Problem()
    if not _is_all_asked(run, page):
        return Problem()
    asked = _matched_by(run, page)
    return Problem(
        product=_code(run, asked, "product"),
        module=_code(run, asked, "module"),
        version=_code(run, asked, "version"),
        fingerprints=frozenset(_fingerprints(run, asked)),
    )


def _matched_by(run: Interview, page: Page) -> list[Question]:
    return [run.questionnaire.question(each) for each in _question(page).match if run.on_path(each)]


def _is_all_asked(run: Interview, page: Page) -> bool:
    asked = _matched_by(run, page)
    return all(each.id in run.answers or _page_of(run, each).id in run.visited for each in asked)


def is_worth_looking(run: Interview, left_at: str) -> bool:
    """Whether known issues can still matter: their page is to come, is where it was left, or was answered."""
    page = _page(run)
    if page is None:
        return False
    pages = [each.id for each in run.questionnaire.pages]
    is_passed = not run.visited.isdisjoint(pages[pages.index(page.id) + 1 :])
    return not is_passed or left_at == page.id or _question(page).id in run.answers


def issues_for(
    session: Session, run: Interview, organisation_id: UUID, *, locale: str, today: date
) -> tuple[KnownIssue, ...]:
    """Return the known issues that the problem looks like, of those that its organisation may read."""
    reader = Actor(role=Role.CONTACT, organisation_id=organisation_id)
    return known_issues_for(session, reader, problem_of(run), locale=locale, today=today)


def articles_for(
    session: Session, run: Interview, organisation_id: UUID, *, fault_type: str, locale: str, today: date
) -> tuple[Helping, ...]:
    """Return the articles about what an interview is about, once all that known issues are matched by was asked."""
    page, product = _page(run), product_of(run)
    if page is None or not product or not _is_all_asked(run, page):
        return ()
    reader = Actor(role=Role.CONTACT, organisation_id=organisation_id)
    return helping(session, reader, About(product, module_of(run), fault_type), locale=locale, today=today)


def product_of(run: Interview) -> str:
    """Return the product that was named, or else the only one that the organisation runs."""
    named = _code(run, run.questionnaire.questions.values(), "product")
    known = run.context.get("installation.product")
    return named or (known if isinstance(known, str) else "")


def module_of(run: Interview) -> str:
    """Return the module that was named."""
    return _code(run, run.questionnaire.questions.values(), "module")


class Coded(Protocol):
    """Something that the page of known issues shows."""

    @property
    def code(self) -> str:
        """How an answer names it."""


def with_issues(run: Interview, shown: Iterable[Coded]) -> Mapping[str, Json]:
    """Return what the engine is told: everything it knew, and which issues and articles there are to ask about."""
    codes: list[Json] = [each.code for each in shown]
    others = {name: value for name, value in run.context.items() if name != KNOWN_ISSUES}
    return {**others, KNOWN_ISSUES: codes} if codes else others


@dataclass(frozen=True, slots=True)
class KnownOutcomes:
    """What a known issue was good for in interviews."""

    deflected: int
    """Solved on the way: the interview ended there, without a ticket."""
    same: int
    different: int


def known_outcomes(session: Session, notice_id: UUID) -> KnownOutcomes:
    """Return what became of the interviews that a known issue was shown in."""
    is_deflected = (KnownIssueAnswer.outcome == "solved") & KnownIssueAnswer.ticket_id.is_(None)
    row = session.execute(
        select(
            func.count(case((is_deflected, 1))),
            func.count(case((KnownIssueAnswer.outcome == "same", 1))),
            func.count(case((KnownIssueAnswer.outcome == "different", 1))),
        ).where(KnownIssueAnswer.notice_id == notice_id)
    ).one()
    return KnownOutcomes(row[0], row[1], row[2])


def _page(run: Interview) -> Page | None:
    """Return the page that asks about known issues, if it is on the path."""
    found = (each for each in run.questionnaire.pages if any(one.type == KNOWN_ISSUES for one in each.questions))
    return next((each for each in found if run.on_path(_question(each).id)), None)


def _question(page: Page) -> Question:
    return next(each for each in page.questions if each.type == KNOWN_ISSUES)


def _page_of(run: Interview, question: Question) -> Page:
    return next(each for each in run.questionnaire.pages if question in each.questions)


def _code(run: Interview, asked: Iterable[Question], kind: str) -> str:
    answers = (run.live.get(each.id) for each in asked if each.type == kind)
    return next((each for each in answers if isinstance(each, str) and each not in _NO_CODE), "")


def _fingerprints(run: Interview, asked: Iterable[Question]) -> Iterable[str]:
    for question in asked:
        answer = run.live.get(question.id)
        found = answer.get("fingerprints") if question.type == "error_text" and isinstance(answer, Mapping) else None
        if isinstance(found, list):
            yield from (str(each) for each in found)
