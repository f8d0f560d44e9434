"""What a page that was sent says about where people stop."""

from collections.abc import Collection, Mapping, Sequence

from flask import request

from intake.answers import AnswerProblem
from intake.interview import Interview
from intake.plain import Json
from intake.questionnaire import Question
from portal.core import clock
from portal.interviews.services import Visit, visit_of

_LONGEST_LOOK = 30 * 60
"""Seconds after which somebody has gone for something else, so that it says nothing about the page."""
Visits = dict[tuple[str, Visit], int | None]


def passed(
    questions: Sequence[Question], shown: Collection[str], run: Interview, answers: Mapping[str, Json]
) -> Visits:
    """Return how each question of a page was passed that it had shown."""
    seconds = seconds_looked()
    asked = [each.id for each in questions if each.id in shown and run.on_path(each.id)]
    return {(each, visit_of(answers.get(each))): seconds for each in asked}


def refused(problems: Sequence[AnswerProblem]) -> Visits:
    """Return the questions about which something is still to do."""
    return {(each.question_id, Visit.REFUSED): None for each in problems}


def shown(questions: Sequence[Question]) -> Visits:
    """Return the questions that are shown next."""
    return {(each.id, Visit.SHOWN): None for each in questions}


def shown_since() -> str:
    """Return when a page was first shown, as it stands in its form: a refused one keeps its time."""
    sent = request.form.get("since", "")
    return sent if _seconds(sent) is not None else str(int(clock.now().timestamp()))


def seconds_looked() -> int | None:
    """Return how long the page that was sent was looked at, where that can be known."""
    since = _seconds(request.form.get("since", ""))
    seconds = int(clock.now().timestamp()) - since if since is not None else -1
    return seconds if 0 <= seconds <= _LONGEST_LOOK else None


def _seconds(sent: str) -> int | None:
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 12 else None
