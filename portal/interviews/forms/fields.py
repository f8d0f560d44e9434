"""What a page shows of each question: its words, what stands in its fields, and what is missing."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from intake.answers import AnswerProblem
from intake.conditions import Facts
from intake.fingerprint import fingerprint
from intake.interview import Interview
from intake.kinds import field_name
from intake.kinds.choice import is_offered
from intake.plain import Json
from intake.questionnaire import Question
from intake.redaction.markers import MARKER
from portal.interviews.forms.describing import in_short, pieces_of
from portal.interviews.forms.filling import BY_BUTTON, Values, values_of
from portal.interviews.forms.posted import OTHER, SAME, UNKNOWN
from portal.interviews.forms.words import words_for
from portal.questionnaires.labels import Label, Labels

_TEMPLATES = {
    "choice": "choices", "product": "choices", "module": "choices", "multi": "choices", "longtext": "area",
    "version": "version", "error_text": "error_text", "steps": "steps", "files": "files", "guidance": "guidance",
    "known_issues": "known_issues",
}  # fmt: skip
_INPUTS = {"phone": "tel", "email": "email"}
MOST_SHOWN = 3_000
"""Characters of a message that are shown beside the box that holds all of it."""
_COLUMNS = ("did", "expected", "saw")


@dataclass(frozen=True, slots=True)
class Row:
    """One step as the page shows it."""

    did: str
    expected: str
    saw: str
    is_open: bool
    is_different: bool
    problems: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """One question on a page."""

    question: Question
    labels: Labels
    values: Values
    facts: Facts
    answers: Mapping[str, str] = field(default_factory=dict)
    """Earlier answers in words, for questions that repeat them."""
    offered: Json = None
    is_answered: bool = False
    """Whether the customer has said something here, so that what stands in it isn't only our record."""
    problems: Sequence[tuple[str, str]] = ()
    """Part of the answer (empty for all of it) and what to do."""
    rows_shown: int = 0
    open_row: int = 0
    is_title: bool = False
    """Whether the question itself is the page's heading."""
    tried: bool = field(default=False)

    @property
    def name(self) -> str:
        """The form field."""
        return field_name(self.question)

    @property
    def template(self) -> str:
        """The piece that shows this kind of question."""
        return f"interviews/kinds/_{_TEMPLATES.get(self.question.type, 'input')}.html"

    @property
    def input_type(self) -> str:
        """How a browser should take the text."""
        return _INPUTS.get(self.question.type, "text")

    @property
    def label(self) -> Label:
        """The question."""
        label = self.labels.question(self.question)
        return label.with_answers(self.answers) if "{answer:" in label.text else label

    @property
    def hint(self) -> Label:
        """What helps to answer."""
        return self.labels.question(self.question, "hint")

    @property
    def why(self) -> Label:
        """Why we ask."""
        return self.labels.question(self.question, "why")

    @property
    def unit(self) -> Label:
        """What a number counts."""
        return self.labels.question(self.question, "unit")

    @property
    def none_label(self) -> Label:
        """How to say that there was none."""
        return self.labels.question(self.question, "allow_none")

    @property
    def error(self) -> str:
        """What to do about the answer as a whole."""
        return next((words for part, words in self.problems if not self._has_place(part)), "")

    def part_error(self, part: str) -> str:
        """Return what to do about one piece of the answer."""
        return next((words for own, words in self.problems if own == part), "")

    @property
    def value(self) -> str:
        """What stands in the field."""
        return self.first("")

    @property
    def chosen(self) -> list[str]:
        """The answers that are pressed."""
        return self.values.get(self.name, [])

    def first(self, part: str) -> str:
        """Return what stands in one of the question's fields."""
        values = self.values.get(f"{self.name}-{part}" if part else self.name)
        return values[0] if values else ""

    @property
    def is_several(self) -> bool:
        """Whether more than one answer may be chosen."""
        return self.question.type == "multi"

    @property
    def options(self) -> list[tuple[str, Label]]:
        """The answers to choose from, as far as they are shown."""
        shown = [each.id for each in self.question.options if is_offered(self.question, each.id, self.facts)]
        return [(each, self.labels.option(self.question, each)) for each in shown]

    @property
    def confirm_options(self) -> list[tuple[str, Label]]:
        """The answers to what was really done."""
        options = self.question.confirm.options if self.question.confirm else ()
        return [(each.id, self.labels.confirm_option(self.question, each.id)) for each in options]

    @property
    def confirm_choice(self) -> str:
        """Which of "still the same", "another", "I don't know" is pressed about what we have on record."""
        if self.first("confirm"):
            return self.first("confirm")
        if self.first("unknown"):
            return UNKNOWN
        return "" if not self.value else f"{SAME}{self.value}" if self.value == self.offered else OTHER

    @property
    def known_choice(self) -> str:
        """Which answer about which known issue is pressed."""
        return self.value or f"{self.first('outcome')} {self.first('issue')}".strip()

    @property
    def rows(self) -> list[Row]:
        """The steps, with the empty ones that were asked for."""
        numbers = [int(each) for each in self._row_numbers()]
        count = max([1, self.rows_shown, *numbers])
        first_wrong = next((n for n in range(1, count + 1) if self._goes_wrong(n)), 0)
        return [self._row(number, count, number == first_wrong) for number in range(1, count + 1)]

    def _row_numbers(self) -> Iterator[str]:
        for key in self.values:
            number, _, part = key.removeprefix(f"{self.name}-").partition("-")
            if part in _COLUMNS and number.isdecimal() and len(number) < 4:
                yield number

    def _row(self, number: int, count: int, is_first_wrong: bool) -> Row:
        texts = {part: self.first(f"{number}-{part}") for part in _COLUMNS}
        is_finished = all(texts[part] for part in (self.question.columns or _COLUMNS))
        return Row(
            **texts,
            is_open=not is_finished or number == self.open_row or count == 1,
            is_different=is_first_wrong,
            problems={part: words for part in _COLUMNS if (words := self.part_error(f"{number}-{part}"))},
        )

    def _goes_wrong(self, number: int) -> bool:
        expected, saw = self.first(f"{number}-expected"), self.first(f"{number}-saw")
        return bool(expected and saw) and " ".join(expected.split()) != " ".join(saw.split())

    @property
    def files(self) -> list[dict[str, Json]]:
        """The files that were added."""
        return [json.loads(each) for each in self.values.get(self.name, []) if each.startswith("{")]

    @property
    def code(self) -> str:
        """The error code that was recognised in the message, or an empty text."""
        return fingerprint(self.value).code or "" if self.value else ""

    @property
    def pieces(self) -> list[tuple[str, str]]:
        """The message as support will see it: what was covered, what was recognised, and the rest."""
        shown = self.value if len(self.value) <= MOST_SHOWN else f"{self.value[:MOST_SHOWN]} …"
        return pieces_of(shown, self.code)

    @property
    def masked(self) -> int:
        """How many places were covered."""
        return len(MARKER.findall(self.value))

    @property
    def links(self) -> list[tuple[str, str]]:
        """What is missing, each with the id of the field it leads to."""
        return [(self._place_of(part), words) for part, words in self.problems]

    def _has_place(self, part: str) -> bool:
        return part in ("other", "pressed", "solved") or part.endswith(_COLUMNS)

    def _place_of(self, part: str) -> str:
        if self._has_place(part):
            return f"{self.name}-{part}"
        if self.question.type == "steps":
            return f"{self.name}-1-did"
        if self.question.type == "guidance":
            return f"{self.name}-pressed" if self.question.confirm else f"{self.name}-solved"
        if self.question.type == "version" and self.offered is not None and self.confirm_choice != OTHER:
            return f"{self.name}-confirm"
        return self.name


def fields_for(
    interview: Interview,
    questions: Sequence[Question],
    labels: Labels,
    *,
    typed: Values | None = None,
    problems: Sequence[AnswerProblem] = (),
    rows: tuple[int, int] = (0, 0),
) -> list[Field]:
    """Return what a page shows of its questions; ``typed`` is what a refused post had, ``rows`` how many and which."""
    fields = []
    for question in questions:
        offered = interview.offered(question.id)
        own = [
            (each.part or "", words_for(each, question, labels)) for each in problems if each.question_id == question.id
        ]
        fields.append(
            Field(
                question=question,
                labels=labels,
                values=_values(interview, question, typed, offered),
                facts=interview.facts,
                answers=_earlier(interview, question, labels),
                offered=offered,
                is_answered=typed is not None or question.id in interview.answers,
                problems=own,
                rows_shown=rows[0],
                open_row=rows[1],
                is_title=len(questions) == 1 and question.type in BY_BUTTON,
                tried=any(part == "pressed" for part, _ in own),
            )
        )
    return fields


def _values(interview: Interview, question: Question, typed: Values | None, offered: Json) -> Values:
    name = field_name(question)
    if typed is not None:
        own = {key: each for key, each in typed.items() if key == name or key.startswith(f"{name}-")}
        stored = {} if question.type != "files" else values_of(question, interview.answers.get(question.id))
        return {**own, **stored}
    answer = interview.answers.get(question.id)
    if answer is None and offered is not None and question.type != "version":
        return values_of(question, offered)
    return values_of(question, answer)


def _earlier(interview: Interview, question: Question, labels: Labels) -> dict[str, str]:
    """Return the answers that a question's text repeats, in words."""
    named = [key for key in interview.live if f"{{answer:{key}}}" in question.text]
    return {key: in_short(interview, interview.questionnaire.question(key), labels) for key in named}
