"""A questionnaire: its pages, questions, options, emergency lane, triage rules and snapshot mapping."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

from intake.conditions import Condition
from intake.plain import Json, canonical_json


@dataclass(frozen=True)
class Option:
    """One thing a person may choose.

    `rank` says how bad it is (higher is worse). `ok` marks the right answer of a guidance step,
    `explain` is what a person reads who chose another.
    """

    id: str
    text: str
    rank: int | None = None
    show_if: Condition | None = None
    ok: bool = False
    explain: str | None = None


@dataclass(frozen=True)
class Prefill:
    """Where a first answer comes from, and whether the person must confirm it."""

    source: str
    confirm: bool = False


@dataclass(frozen=True)
class Confirm:
    """The question of a guidance step that asks what was really done."""

    text: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Question:
    """One question. The settings after `options` belong to certain answer kinds only."""

    id: str
    type: str
    text: str
    required: bool = False
    allow_unknown: bool = False
    allow_none: str | None = None
    prefill: Prefill | None = None
    hint: str | None = None
    why: str | None = None
    ask_if: Condition | None = None
    options: tuple[Option, ...] = ()
    other: bool = False
    pattern: str | None = None
    max_length: int | None = None
    min: int | float | None = None
    max: int | float | None = None
    unit: str | None = None
    columns: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    max_bytes: int | None = None
    max_count: int | None = None
    confirm: Confirm | None = None
    solved: str | None = None
    match: tuple[str, ...] = ()

    def option(self, option_id: str) -> Option | None:
        """Return the option with this id, or None."""
        return next((option for option in self.options if option.id == option_id), None)


@dataclass(frozen=True)
class Page:
    """One page: questions that are asked together. `only` is "emergency" on pages of the emergency lane."""

    id: str
    title: str
    questions: tuple[Question, ...]
    ask_if: Condition | None = None
    only: str | None = None


@dataclass(frozen=True)
class Emergency:
    """The emergency lane: a few questions, then a ticket of the priority it sets."""

    label: str
    ask: tuple[str, ...]
    sets: str
    then: str = "continue_details"
    because: str | None = None


@dataclass(frozen=True)
class Rule:
    """One triage rule: the priority it sets, when, and the reason a customer reads. The last has no `when`."""

    id: str
    sets: str
    because: str
    when: Condition | None = None


@dataclass(frozen=True)
class Renamed:
    """A question of an earlier version that has another id now."""

    old: str
    new: str


@dataclass(frozen=True)
class OptionsMapped:
    """Options of a question of an earlier version, each with the option that takes its place."""

    question: str
    options: Mapping[str, str]


@dataclass(frozen=True)
class Dropped:
    """A question of an earlier version that is asked no more, and what to tell the customer about it."""

    question: str
    note: str


Migration = Renamed | OptionsMapped | Dropped


@dataclass(frozen=True)
class Questionnaire:
    """A questionnaire as loaded; `document` is the plain JSON it was built from and can be built from again.

    `about` says in one line what it is for, to whoever has to choose between several.
    `context` names the kind of every value the portal may know; a value in `derived` depends on the answer to a
    question, and is given as a map from that answer to the value.
    `places` leads from a path in the document (keys and list positions) to its line and column in the file.
    """

    id: str
    version: int
    title: str
    source_locale: str
    locales: tuple[str, ...]
    pages: tuple[Page, ...]
    triage: tuple[Rule, ...]
    snapshot: Mapping[str, str]
    document: Mapping[str, Json] = field(repr=False)
    context: Mapping[str, str] = field(default_factory=dict)
    derived: Mapping[str, str] = field(default_factory=dict)
    about: str | None = None
    emergency: Emergency | None = None
    omit: tuple[str, ...] = ()
    migrate: tuple[Migration, ...] = ()
    file: str = field(default="", compare=False)
    places: Mapping[tuple[str | int, ...], tuple[int, int]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def canonical(self) -> bytes:
        """The questionnaire as canonical JSON: what is stored when it is published."""
        return canonical_json(self.document)

    @cached_property
    def sha256(self) -> str:
        """The hash of the canonical JSON, in hex: what a draft pins besides id and version."""
        return sha256(self.canonical).hexdigest()

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by its id, in the order of the pages."""
        return {question.id: question for page in self.pages for question in page.questions}

    @cached_property
    def pages_by_id(self) -> Mapping[str, Page]:
        """Every page by its id, in order."""
        return {page.id: page for page in self.pages}

    @cached_property
    def emergency_pages(self) -> tuple[Page, ...]:
        """The pages that exist on the emergency lane alone."""
        return tuple(page for page in self.pages if page.only == "emergency")

    def question(self, question_id: str) -> Question:
        """Return the question with this id; KeyError where there is none."""
        return self.questions[question_id]

    def page(self, page_id: str) -> Page:
        """Return the page with this id; KeyError where there is none."""
        return self.pages_by_id[page_id]

    def page_of(self, question_id: str) -> Page:
        """Return the page a question stands on; KeyError where there is no such question."""
        return self._page_of_question[question_id]

    @cached_property
    def _page_of_question(self) -> Mapping[str, Page]:
        return {question.id: page for page in self.pages for question in page.questions}

    def walk(self) -> Iterator[tuple[int, int, Page, Question]]:
        """Yield every question with the positions of its page and of itself on that page."""
        for page_index, page in enumerate(self.pages):
            for question_index, question in enumerate(page.questions):
                yield page_index, question_index, page, question
