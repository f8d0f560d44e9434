"""Where people stop: what became of each question of a page that was sent, without a word of what was answered."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import insert
from sqlalchemy.orm import Session

from intake.kinds import is_unknown
from intake.plain import Json
from portal.core.db import new_id
from portal.interviews.models import Interview, QuestionVisit
from portal.interviews.queries import PHONE, Draft


class Visit(StrEnum):
    """What became of a question."""

    SHOWN = "shown"
    ANSWERED = "answered"
    UNKNOWN = "unknown"
    """"I do not know" was the answer."""
    OPEN = "open"
    """It needed no answer, and got none."""
    REFUSED = "refused"
    """The page came back, because something was still to do about it."""


def visit_of(answer: Json) -> Visit:
    """Return how a question was passed."""
    if answer is None:
        return Visit.OPEN
    return Visit.UNKNOWN if is_unknown(answer) else Visit.ANSWERED


def note_visits(
    session: Session, draft: Draft | Interview, visits: Mapping[tuple[str, Visit], int | None], *, at: datetime
) -> None:
    """Append what became of questions, in one statement; the value says for how long their page was looked at.

    What an agent fills in on the phone says nothing about where customers stop.
    """
    if draft.channel == PHONE or not visits:
        return
    rows = [
        {
            "id": new_id(),
            "version_id": draft.version_id,
            "interview_id": draft.id,
            "question_id": question_id,
            "kind": visit.value,
            "seconds": seconds,
            "at": at,
        }
        for (question_id, visit), seconds in visits.items()
    ]
    session.execute(insert(QuestionVisit).values(rows))
