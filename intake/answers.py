"""Answers a person gave, and what can be wrong with one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from intake.plain import Json


class ProblemCode(StrEnum):
    """Everything that can be wrong with an answer; the portal finds the words for each code."""

    REQUIRED = "required"
    """The question must be answered. No parameters."""
    TOO_LONG = "too-long"
    """The text is longer than `max_length`. Parameters: max_length, length."""
    NOT_THE_PATTERN = "not-the-pattern"
    """The text does not look as the question asks for. No parameters: the hint says what it should look like."""
    NOT_AN_OPTION = "not-an-option"
    """What was chosen is not among the options (any more). No parameters."""
    OTHER_IS_EMPTY = "other-is-empty"
    """"Something else" was chosen and its text left empty. No parameters."""
    NOT_A_NUMBER = "not-a-number"
    """What was typed is no number. No parameters."""
    TOO_SMALL = "too-small"
    """The number is below `min`. Parameters: min."""
    TOO_LARGE = "too-large"
    """The number is above `max`. Parameters: max."""
    NOT_A_DATE = "not-a-date"
    """What was typed is no day of the calendar. No parameters."""
    NOT_A_MOMENT = "not-a-moment"
    """What was typed is no day with a time. No parameters."""
    NOT_A_PHONE = "not-a-phone"
    """What was typed is no telephone number. No parameters."""
    NOT_AN_EMAIL = "not-an-email"
    """What was typed is no e-mail address. No parameters."""
    NOT_A_VERSION = "not-a-version"
    """What was typed is no version, such as 5.6.2. No parameters."""
    TOO_FEW_ROWS = "too-few-rows"
    """Fewer steps were written than `min`. Parameters: min."""
    TOO_MANY_ROWS = "too-many-rows"
    """More steps were written than `max`. Parameters: max."""
    TOO_MANY_FILES = "too-many-files"
    """More files were added than `max_count`. Parameters: max_count."""
    FILE_TOO_LARGE = "file-too-large"
    """A file is larger than `max_bytes`. Parameters: name, max_bytes."""
    FILE_TYPE_NOT_TAKEN = "file-type-not-taken"
    """A file is of a type the question does not take. Parameters: name, type."""
    NOT_PRESSED_RIGHT = "not-pressed-right"
    """What was done is not what the step asked for; the option explains. Parameters: option."""
    UNREADABLE = "unreadable"
    """The answer has a shape this kind of question never has, so a person cannot have typed it. No parameters."""


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """One thing that is wrong with an answer. `part` names a piece of it, such as a row's `0-did`."""

    code: ProblemCode
    question_id: str
    part: str | None = None
    parameters: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mark:
    """Whether an answer was filled in beforehand, and whether the person has confirmed it."""

    prefilled: bool = False
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Retired:
    """An answer that has no place in the newer questionnaire; it is kept and shown on the review page."""

    question_id: str
    text: str
    answer: Json
    note: str = ""


@dataclass(frozen=True)
class Answers(Mapping[str, Json]):
    """Question id to answer, never changed in place; beside it the marks and what has been retired."""

    given: Mapping[str, Json] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    retired: tuple[Retired, ...] = ()

    def __post_init__(self) -> None:
        """Keep own copies, so that nobody can change them from outside."""
        object.__setattr__(self, "given", MappingProxyType(dict(self.given)))
        object.__setattr__(self, "marks", MappingProxyType(dict(self.marks)))

    def __getitem__(self, question_id: str) -> Json:
        """Return the answer to a question; KeyError where there is none."""
        return self.given[question_id]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the ids of answered questions."""
        return iter(self.given)

    def __len__(self) -> int:
        """Return how many questions are answered."""
        return len(self.given)

    def with_answers(self, changes: Mapping[str, Json], marks: Mapping[str, Mark] | None = None) -> "Answers":
        """Return these answers with some changed; None takes an answer away. Marks of changed answers are replaced."""
        given = {**self.given, **changes}
        kept = {question_id: mark for question_id, mark in self.marks.items() if question_id not in changes}
        return Answers(
            {question_id: answer for question_id, answer in given.items() if answer is not None},
            {**kept, **(marks or {})},
            self.retired,
        )

    def as_document(self) -> dict[str, Json]:
        """Return everything as plain JSON, for keeping in a draft."""
        return {
            "answers": dict(self.given),
            "marks": {
                key: {"prefilled": mark.prefilled, "confirmed": mark.confirmed} for key, mark in self.marks.items()
            },
            "retired": [
                {"question": old.question_id, "text": old.text, "answer": old.answer, "note": old.note}
                for old in self.retired
            ],
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Json]) -> "Answers":
        """Build the answers from what `as_document` returned."""
        given, marks, retired = (document.get(key) for key in ("answers", "marks", "retired"))
        return cls(
            given if isinstance(given, Mapping) else {},
            {key: Mark(bool(mark.get("prefilled")), bool(mark.get("confirmed"))) for key, mark in _maps(marks)},
            tuple(
                Retired(str(old.get("question")), str(old.get("text")), old.get("answer"), str(old.get("note", "")))
                for old in (retired if isinstance(retired, Sequence) else ())
                if isinstance(old, Mapping)
            ),
        )


def _maps(value: Json) -> Iterator[tuple[str, Mapping[str, Json]]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            if isinstance(item, Mapping):
                yield str(key), item
