"""Reads of interviews: drafts, what we know about who fills in, what stands beside them, and where people stop."""

from portal.interviews.queries.beside import (
    Followed,
    Opened,
    call_back,
    followed,
    notice_to_ask_about,
    opened_ticket,
)
from portal.interviews.queries.drafts import (
    PHONE,
    Draft,
    DraftLine,
    current,
    draft,
    draft_file,
    drafts_of,
    open_details,
    open_drafts,
    version_of,
    visible_to,
)
from portal.interviews.queries.issues import (
    KnownOutcomes,
    is_worth_looking,
    issues_for,
    known_outcomes,
    problem_of,
    with_issues,
)
from portal.interviews.queries.known import Known, context_for, known_about
from portal.interviews.queries.stopping import LOOKED_AT, QUIET, QuestionFigures, RunFigures, figures_of, runs_of

__all__ = [
    "LOOKED_AT",
    "PHONE",
    "QUIET",
    "Draft",
    "DraftLine",
    "Followed",
    "Known",
    "KnownOutcomes",
    "Opened",
    "QuestionFigures",
    "RunFigures",
    "call_back",
    "context_for",
    "current",
    "draft",
    "draft_file",
    "drafts_of",
    "figures_of",
    "followed",
    "is_worth_looking",
    "issues_for",
    "known_about",
    "known_outcomes",
    "notice_to_ask_about",
    "open_details",
    "open_drafts",
    "opened_ticket",
    "problem_of",
    "runs_of",
    "version_of",
    "visible_to",
    "with_issues",
]
