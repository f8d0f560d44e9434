"""The text of an error message, pasted as it is: masked first, then fingerprinted."""

from collections.abc import Collection, Mapping

from intake.answers import AnswerProblem, ProblemCode
from intake.conditions import Facts
from intake.fingerprint import fingerprint
from intake.kinds.base import Kind, Part, PartRole, problem
from intake.kinds.typed_text import counted_redactions, marked_kinds, masked, without_markers
from intake.plain import Json
from intake.questionnaire import Question


class ErrorText(Kind):
    """A pasted message: `{"text": ..., "fingerprints": [...], "redactions": [...]}`, or "there was no message"."""

    name = "error_text"
    keys = frozenset({"allow_none", "max_length"})

    def check_answer(self, question: Question, answer: Json, context: Facts | None) -> list[AnswerProblem]:
        """Refuse a paste that is longer than allowed."""
        length = len(without_markers(text_of(answer)))
        if question.max_length is not None and length > question.max_length:
            return [problem(question, ProblemCode.TOO_LONG, max_length=question.max_length, length=length)]
        return []

    def fits(self, answer: Json) -> bool:
        """Say whether a JSON value is a pasted message."""
        return isinstance(answer, str | Mapping) and bool(text_of(answer))

    def redacted(self, answer: Json, keep: Collection[str] = ()) -> Json:
        """Return the message with secrets masked, and its fingerprints."""
        text = masked(text_of(answer), keep)
        return {
            "text": text,
            "fingerprints": list(fingerprint(text).fingerprints),
            "redactions": counted_redactions(marked_kinds(text)),
        }

    def describe_answer(self, question: Question, answer: Json) -> tuple[Part, ...]:
        """Return the masked message."""
        return (Part(PartRole.TYPED, text_of(answer)),)


def text_of(answer: Json) -> str:
    """Return the message of an error-text answer, or an empty text."""
    text = answer.get("text") if isinstance(answer, Mapping) else answer
    return text if isinstance(text, str) else ""
