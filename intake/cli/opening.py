"""Opening the files a command names; what cannot be opened ends the command with exit code 2."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from intake.answers import Answers
from intake.findings import Finding, QuestionnaireError
from intake.kinds import is_none, is_unknown, kind_of
from intake.kinds.base import clean
from intake.loading import load_file
from intake.plain import Json
from intake.questionnaire import Questionnaire

FINE, FOUND, CANNOT_RUN = 0, 1, 2


class CannotRunError(Exception):
    """A command cannot do its work; `code` is its exit code."""

    def __init__(self, message: str, code: int = CANNOT_RUN) -> None:
        """Keep what to print on the error output."""
        super().__init__(message)
        self.code = code


def read_bytes(path: str) -> bytes:
    """Return the bytes of a file; CannotRunError where it cannot be opened."""
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise CannotRunError(f"{path}: {reason}") from error


def open_questionnaire(path: str) -> Questionnaire:
    """Return the questionnaire in a file; CannotRunError with its findings where it does not load."""
    read_bytes(path)
    try:
        return load_file(path)
    except QuestionnaireError as error:
        raise CannotRunError("\n".join(map(line_of, error.findings)), FOUND) from error


def open_answers(path: str, questionnaire: Questionnaire) -> Answers:
    """Return the answers in a JSON file, masked; what fits no question is named on the error output and left out."""
    document = _json(path)
    if not isinstance(document, dict):
        raise CannotRunError(f"{path}: the answers are one JSON object, question id to answer.")
    given: dict[str, Json] = {}
    for question_id, answer in document.items():
        fault = _fault(questionnaire, question_id, answer)
        if fault is None and answer is not None:
            question = questionnaire.question(question_id)
            marked = is_unknown(answer) or is_none(answer)
            given[question_id] = answer if marked else kind_of(question).redacted(_cleaned(answer))
        elif fault is not None:
            print(f"{_cleaned(question_id)}: {fault}", file=sys.stderr)
    return Answers(given)


def line_of(finding: Finding) -> str:
    """Return a finding as one line of text."""
    shown = "" if finding.reproduction is None else f" [{json.dumps(finding.reproduction, ensure_ascii=False)}]"
    place = f"{finding.file}:{finding.line}:{finding.column}"
    return f"{place}: {finding.code} {finding.message} {finding.suggestion}".rstrip() + shown


def _fault(questionnaire: Questionnaire, question_id: str, answer: Json) -> str | None:
    question = questionnaire.questions.get(question_id)
    if question is None:
        return "there is no such question."
    problems = [] if answer is None else kind_of(question).check(question, answer)
    return f"this is no answer to it ({problems[0].code})." if problems else None


def _json(path: str) -> Json:
    try:
        return json.loads(read_bytes(path), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        reason = str(error) or "it is nested too deeply"
        raise CannotRunError(f"{path}: this is not JSON: {reason}") from error


def _refuse_constant(name: str) -> Json:
    message = f"{name} is no JSON number"
    raise ValueError(message)


def _cleaned(value: Json) -> Json:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {key: _cleaned(item) for key, item in value.items()}
    return [_cleaned(item) for item in value] if isinstance(value, list) else value
