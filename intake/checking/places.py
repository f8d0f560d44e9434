"""Findings about a questionnaire that has been loaded, each at its place in the file."""

from collections.abc import Mapping

from intake.findings import Finding, severity_of
from intake.plain import Json
from intake.questionnaire import Questionnaire
from intake.words import Path


def finding(
    questionnaire: Questionnaire, code: str, path: Path, message: str, suggestion: str = "",
    *, reproduction: Mapping[str, Json] | None = None,
) -> Finding:  # fmt: skip
    """Return a finding at the place where a path of the document stands, or where its nearest parent does."""
    line, column = place_of(questionnaire, path)
    severity = severity_of(code)
    return Finding(code, severity, questionnaire.file, line, column, message, suggestion, reproduction)


def place_of(questionnaire: Questionnaire, path: Path) -> tuple[int, int]:
    """Return line and column of a path of the document, or of its nearest parent that stands in the file."""
    for length in range(len(path), -1, -1):
        place = questionnaire.places.get(path[:length])
        if place is not None:
            return place
    return 0, 0


def question_path(questionnaire: Questionnaire, question_id: str) -> Path:
    """Return the path of a question in the document."""
    return next(
        ("pages", number, "questions", position)
        for number, position, _, question in questionnaire.walk()
        if question.id == question_id
    )
