"""What every answer kind can do: read a posted form, check, compare and describe an answer."""

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from intake.answers import AnswerProblem, ProblemCode
from intake.conditions import AnswerTest, Facts
from intake.plain import Json
from intake.questionnaire import Question

Form: TypeAlias = Mapping[str, Sequence[str]]
"""Posted form values: field name to the values sent under it."""

Read: TypeAlias = Json
"""What reading gives: an answer, None for nothing, or a tuple of AnswerProblem. No answer is ever a tuple."""

UNKNOWN: Mapping[str, Json] = {"unknown": True}
NONE: Mapping[str, Json] = {"none": True}


class PartRole(StrEnum):
    """What a piece of a described answer is, so that a page knows how to word it."""

    TYPED = "typed"
    OPTION = "option"
    OTHER = "other"
    UNKNOWN = "unknown"
    NONE = "none"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"
    FILE = "file"
    STEP = "step"
    DID = "did"
    EXPECTED = "expected"
    SAW = "saw"
    PRESSED = "pressed"
    SOLVED = "solved"
    ISSUE = "issue"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a described answer.

    `text` is what was typed, or the source text of an option; `field` is set where the source text has a
    translation: the last part of its message context, such as `options.stopped`.
    """

    role: PartRole
    text: str
    field: str = ""


class Kind:
    """One kind of answer. Each kind overrides what differs; the rest is shared here."""

    name: str = ""
    keys: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    operators: frozenset[str] = frozenset({"answered"})

    def read(self, question: Question, form: Form) -> Read:
        """Return the answer that was posted, None for nothing, or the problems as a tuple.

        Typed text is masked; values under `q-<id>-keep` name kinds that the person says are no personal details.
        """
        if question.allow_unknown and first(form, f"{field_name(question)}-unknown"):
            return dict(UNKNOWN)
        if question.allow_none is not None and first(form, f"{field_name(question)}-none"):
            return dict(NONE)
        answer = self.parse(question, form)
        if answer is None or isinstance(answer, tuple):
            return answer
        return tuple(self.check_answer(question, answer, None)) or self.redacted(
            answer, form.get(f"{field_name(question)}-keep", ())
        )

    def parse(self, question: Question, form: Form) -> Read:
        """Return the answer that stands in the form, not yet checked nor masked."""
        return clean(first(form, field_name(question))) or None

    def typed(self, question: Question, form: Form) -> dict[str, list[str]]:
        """Return everything that was posted for this question, as it was typed, to fill the form again."""
        name = field_name(question)
        return {key: list(values) for key, values in form.items() if key == name or key.startswith(f"{name}-")}

    def check(self, question: Question, answer: Json, context: Facts | None = None) -> list[AnswerProblem]:
        """Return what is wrong with an answer; None as the answer means that the question was left open.

        `context` holds the other answers; without it, conditions of options are not looked at.
        """
        if answer is None:
            return [problem(question, ProblemCode.REQUIRED)] if question.required else []
        if is_unknown(answer):
            return [] if question.allow_unknown else [problem(question, ProblemCode.REQUIRED)]
        if is_none(answer):
            return [] if question.allow_none is not None else [problem(question, ProblemCode.REQUIRED)]
        if not self.fits(answer):
            return [problem(question, ProblemCode.UNREADABLE)]
        return self.check_answer(question, answer, context)

    def check_answer(self, question: Question, answer: Json, context: Facts | None) -> list[AnswerProblem]:
        """Return what is wrong with an answer of the right shape."""
        return []

    def fits(self, answer: Json) -> bool:
        """Say whether a JSON value has the shape of an answer of this kind."""
        return isinstance(answer, str) and bool(answer)

    def fact(self, question: Question, answer: Json) -> Json:
        """Return what conditions compare: the answer, or None where it counts as not answered."""
        return None if is_unknown(answer) or is_none(answer) or not self.fits(answer) else answer

    def holds(self, operator: str, answer: Json, constant: Json, today: date) -> bool:
        """Say whether an answer compares to a constant as the operator says; it never raises."""
        return operator == "answered" and (answer is not None) == bool(constant)

    def test(self, operator: str, constant: Json) -> AnswerTest:
        """Return the comparison with a fixed operator and constant, as a condition keeps it."""
        return lambda answer, today: self.holds(operator, answer, constant, today)

    def is_plain(self, operator: str, constant: Json) -> bool:
        """Say whether the comparison is nothing but "equal to the constant" or "among the constants"."""
        return False

    def constant_fault(self, question: Question | None, operator: str, constant: Json) -> str | None:
        """Say why a constant cannot stand behind an operator, or None when it can."""
        return None if isinstance(constant, str) else "a text"

    def describe(self, question: Question, answer: Json) -> tuple[Part, ...]:
        """Return the pieces of which a page or a text shows the answer."""
        if is_unknown(answer):
            return (Part(PartRole.UNKNOWN, ""),)
        if is_none(answer):
            return (Part(PartRole.NONE, question.allow_none or "", "allow_none" if question.allow_none else ""),)
        return self.describe_answer(question, answer) if self.fits(answer) else ()

    def describe_answer(self, question: Question, answer: Json) -> tuple[Part, ...]:
        """Return the pieces of an answer of the right shape."""
        return (Part(PartRole.TYPED, str(answer)),)

    def redacted(self, answer: Json, keep: Collection[str] = ()) -> Json:
        """Return the answer with secrets and personal details masked, where people type freely.

        Kinds in `keep` stay as they are where they are no secrets.
        """
        return answer


def field_name(question: Question) -> str:
    """Return the form field of a question."""
    return f"q-{question.id}"


def first(form: Form, name: str) -> str:
    """Return the first value posted under a name, or an empty text."""
    values = form.get(name)
    return values[0] if values else ""


def clean(text: str) -> str:
    """Return a typed text that every database can store: no NUL, no lone surrogates, one kind of line end, trimmed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return text.encode("utf-8", "replace").decode("utf-8").strip()


def normalised(text: str) -> str:
    """Return a text for matching: full-width letters and digits become plain ones."""
    return unicodedata.normalize("NFKC", clean(text)).strip()


def problem(question: Question, code: ProblemCode, part: str | None = None, **parameters: Json) -> AnswerProblem:
    """Return a problem with the answer to a question."""
    return AnswerProblem(code, question.id, part, parameters)


def is_unknown(answer: Json) -> bool:
    """Say whether the answer is "I do not know"."""
    return isinstance(answer, dict) and answer.get("unknown") is True


def is_none(answer: Json) -> bool:
    """Say whether the answer is "there was none", such as no error message."""
    return isinstance(answer, dict) and answer.get("none") is True


def texts(value: Json) -> list[str]:
    """Return the texts of a JSON list; whatever else stands in it is left out."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list | tuple) else []


def list_fault(constant: Json) -> str | None:
    """Say why a constant is no list of words, or None when it is one."""
    words = texts(constant)
    return None if isinstance(constant, list | tuple) and words and len(words) == len(constant) else "a list of words"
