"""A short text on one line."""

from collections.abc import Collection

from intake import patterns
from intake.answers import AnswerProblem, ProblemCode
from intake.conditions import Facts
from intake.kinds.base import Kind, normalised, problem
from intake.kinds.typed_text import has_markers, masked, without_markers
from intake.plain import Json
from intake.questionnaire import Question


class Text(Kind):
    """A short text; full-width input is understood by the pattern and kept as typed."""

    name = "text"
    keys = frozenset({"pattern", "max_length"})

    def check_answer(self, question: Question, answer: Json, context: Facts | None) -> list[AnswerProblem]:
        """Refuse a text that is too long or does not look as asked; what was masked is not held against anyone."""
        text = str(answer)
        length = len(without_markers(text))
        if question.max_length is not None and length > question.max_length:
            return [problem(question, ProblemCode.TOO_LONG, max_length=question.max_length, length=length)]
        if question.pattern is not None and not has_markers(text):
            matches = patterns.matches(question.pattern, normalised(text))
            return [] if matches else [problem(question, ProblemCode.NOT_THE_PATTERN)]
        return []

    def redacted(self, answer: Json, keep: Collection[str] = ()) -> Json:
        """Return the text with secrets masked."""
        return masked(answer, keep) if isinstance(answer, str) else answer
