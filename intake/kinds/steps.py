"""What was done, step by step: did, expected, saw."""

import re
from collections.abc import Collection, Mapping
from datetime import date

from intake.answers import AnswerProblem, ProblemCode
from intake.conditions import Facts
from intake.kinds.base import Form, Kind, Part, PartRole, Read, clean, field_name, first, problem
from intake.kinds.typed_text import masked
from intake.plain import Json
from intake.questionnaire import Question

COLUMNS = ("did", "expected", "saw")
MOST_ROWS = 200

# The id of an uploaded file is never masked, so nothing else may stand there.
_FILE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Rows(Kind):
    """What steps and files share: conditions count them."""

    operators = frozenset({"count_ge", "count_le", "answered"})

    def holds(self, operator: str, answer: Json, constant: Json, today: date) -> bool:
        """Compare how many there are with a number."""
        if operator == "answered" or not isinstance(answer, list) or not isinstance(constant, int):
            return super().holds(operator, answer, constant, today)
        if operator == "count_ge":
            return len(answer) >= constant
        return operator == "count_le" and len(answer) <= constant

    def constant_fault(self, question: Question | None, operator: str, constant: Json) -> str | None:
        """Say why a constant is no number of rows."""
        is_count = isinstance(constant, int) and not isinstance(constant, bool) and constant >= 0
        return None if is_count else "a whole number, 0 or more"


class Steps(Rows):
    """Rows of `did`, `expected`, `saw` and, where a picture belongs to a step, `file`."""

    name = "steps"
    keys = frozenset({"columns", "min", "max"})

    def parse(self, question: Question, form: Form) -> Read:
        """Return the rows that have something in them, in order."""
        rows = [row for number in _row_numbers(question, form) if (row := _row(question, form, number))]
        return rows or None

    def check_answer(self, question: Question, answer: Json, context: Facts | None) -> list[AnswerProblem]:
        """Refuse too few and too many rows."""
        count = len(answer) if isinstance(answer, list) else 0
        if question.min is not None and count < question.min:
            return [problem(question, ProblemCode.TOO_FEW_ROWS, min=question.min)]
        most = question.max if question.max is not None else MOST_ROWS
        return [problem(question, ProblemCode.TOO_MANY_ROWS, max=most)] if count > most else []

    def fits(self, answer: Json) -> bool:
        """Say whether a JSON value is a list of rows of texts."""
        return isinstance(answer, list) and bool(answer) and all(map(_is_row, answer))

    def describe_answer(self, question: Question, answer: Json) -> tuple[Part, ...]:
        """Return each row as its number and its texts."""
        parts: list[Part] = []
        for number, row in enumerate(rows_of(answer), start=1):
            parts.append(Part(PartRole.STEP, str(number)))
            parts.extend(Part(PartRole(column), row[column]) for column in COLUMNS if row.get(column))
            parts.extend([Part(PartRole.FILE, row["file"])] if row.get("file") else [])
        return tuple(parts)

    def redacted(self, answer: Json, keep: Collection[str] = ()) -> Json:
        """Return the rows with secrets masked in every text."""
        return [
            {key: text if key == "file" else masked(text, keep) for key, text in row.items()} for row in rows_of(answer)
        ]


def rows_of(answer: Json) -> list[dict[str, str]]:
    """Return the rows of a steps answer as texts by column."""
    if not isinstance(answer, list):
        return []
    return [{str(key): str(text) for key, text in row.items()} for row in answer if isinstance(row, Mapping)]


def _is_row(row: Json) -> bool:
    if not isinstance(row, Mapping) or not row:
        return False
    return all(key in (*COLUMNS, "file") and isinstance(text, str) for key, text in row.items())


def _row_numbers(question: Question, form: Form) -> list[int]:
    row = re.compile(re.escape(field_name(question)) + r"-(\d{1,6})-(?:did|expected|saw|file)")
    return sorted({int(found[1]) for key in form if (found := row.fullmatch(key))})


def _row(question: Question, form: Form, number: int) -> dict[str, str]:
    columns = (*(question.columns or COLUMNS), "file")
    texts = {column: clean(first(form, f"{field_name(question)}-{number}-{column}")) for column in columns}
    if _FILE_ID.fullmatch(texts["file"]) is None:
        del texts["file"]
    return {column: text for column, text in texts.items() if text}
