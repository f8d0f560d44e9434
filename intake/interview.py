"""One run of a questionnaire: which pages are asked, what is missing, what comes next. Never changed in place."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType

from intake.answers import Answers, Mark
from intake.conditions import TODAY, Facts
from intake.kinds import KINDS, kind_of
from intake.kinds.base import is_none, is_unknown
from intake.lanes import Course, fact_of, lane_of, walk
from intake.plain import Json
from intake.questionnaire import Page, Question, Questionnaire

KNOWN_ISSUES = "known_issues"


@dataclass(frozen=True, slots=True)
class Progress:
    """How many pages of this path are done, and how many remain."""

    done: int
    remaining: int


@dataclass(frozen=True)
class Interview:
    """A questionnaire with the answers so far, on one day, in the normal or the emergency lane.

    `context` holds what the portal already knows, by the names the questionnaire declares, and under
    `known_issues` the list of reported problems that match. `visited` names the pages that have been sent,
    so that an optional question left open is not asked again.
    """

    questionnaire: Questionnaire
    today: date
    answers: Answers = field(default_factory=Answers)
    context: Mapping[str, Json] = field(default_factory=dict)
    emergency: bool = False
    visited: frozenset[str] = frozenset()
    _given: Mapping[str, Json] | None = field(default=None, compare=False, repr=False)

    @classmethod
    def begin(  # each is one thing an interview starts from, and all but two have a default
        cls,
        questionnaire: Questionnaire,
        *,
        today: date,
        context: Mapping[str, Json] = MappingProxyType({}),
        answers: Answers | None = None,
        emergency: bool = False,
        visited: Collection[str] = (),
    ) -> "Interview":
        """Begin or resume an interview."""
        return cls(questionnaire, today, answers or Answers(), dict(context), emergency, frozenset(visited))

    def with_answer(self, question_id: str, answer: Json) -> "Interview":
        """Return the interview with one answer changed; None takes it away. KeyError for an unknown question."""
        return self.with_answers({question_id: answer})

    def with_answers(self, changes: Mapping[str, Json]) -> "Interview":
        """Return the interview with several answers changed; None takes one away."""
        given = dict(self.given)
        marks = {}
        for question_id, answer in changes.items():
            question = self.questionnaire.question(question_id)
            given.pop(question_id, None)
            if answer is None:
                continue
            fact = fact_of(question, answer)
            if fact is not None:
                given[question_id] = fact
            if (offered := self._offered(question)) is not None:
                marks[question_id] = Mark(prefilled=answer == offered, confirmed=True)
        return replace(self, answers=self.answers.with_answers(changes, marks), _given=given)

    def with_visited(self, page_id: str) -> "Interview":
        """Return the interview with one more page sent."""
        return replace(self, visited=self.visited | {page_id})

    @cached_property
    def given(self) -> Mapping[str, Json]:
        """What every answer tells conditions, on the path or not."""
        if self._given is not None:
            return self._given
        questions = self.questionnaire.questions
        facts = {key: fact_of(questions[key], answer) for key, answer in self.answers.items() if key in questions}
        return {key: fact for key, fact in facts.items() if fact is not None}

    @cached_property
    def course(self) -> Course:
        """The pages and questions asked, worked out from the answers; never stored."""
        return walk(lane_of(self.questionnaire, emergency=self.emergency), self._known, self.given)

    @property
    def facts(self) -> Facts:
        """What conditions see: the answers on the path, the context and the day."""
        return self.course.facts

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The ids of the questions on the path, in order."""
        return tuple(question_id for _, asked in self.course.stages for question_id in asked)

    @cached_property
    def path(self) -> tuple[Page, ...]:
        """The pages that are shown, in order."""
        return tuple(page for page, _ in self._pages)

    @property
    def shown(self) -> tuple[str, ...]:
        """The ids of the questions that are shown, in order: those on the path but a known issue that matches none."""
        return tuple(question.id for _, questions in self._pages for question in questions)

    def questions_on(self, page_id: str) -> tuple[Question, ...]:
        """Return the questions shown on a page, in order; none where the page is not on the path."""
        return next((shown for page, shown in self._pages if page.id == page_id), ())

    def on_path(self, question_id: str) -> bool:
        """Say whether a question is asked."""
        return question_id in self._asked_set

    @cached_property
    def live(self) -> Mapping[str, Json]:
        """The answers that count: those on the path whose options are still shown."""
        return {question_id: answer for question_id in self.asked if (answer := self._live(question_id)) is not None}

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The required questions without an answer; in an emergency only those that must be answered to send it."""
        stages = [asked for stage, asked in self.course.stages if stage.is_first_aid or not self.emergency]
        questions = self.questionnaire.questions
        asked = [question_id for stage_asked in stages for question_id in stage_asked]
        return tuple(key for key in asked if questions[key].required and self._is_open(key))

    @property
    def is_complete(self) -> bool:
        """Say whether nothing required is missing."""
        return not self.missing

    @property
    def next_page(self) -> Page | None:
        """The first page that still has something to ask, or None once there is nothing left."""
        return next((stage.page for stage, asked in self.course.stages if not self._is_done(stage.page, asked)), None)

    def page_after(self, page_id: str) -> Page | None:
        """Return the page that comes after one, even if that one is no longer on the path; None after the last."""
        position = self._position(page_id)
        return next((page for page in self.path if self._position(page.id) > position), None)

    def page_before(self, page_id: str) -> Page | None:
        """Return the page that comes before one, even if that one is no longer on the path; None before the first."""
        position = self._position(page_id)
        return next((page for page in reversed(self.path) if self._position(page.id) < position), None)

    @property
    def progress(self) -> Progress:
        """How many pages of this path are done and how many remain."""
        open_pages = sum(not self._is_done(stage.page, asked) for stage, asked in self.course.stages)
        return Progress(len(self.path) - open_pages, open_pages)

    def prefills(self) -> dict[str, Json]:
        """Return the answers to offer: for questions asked and not yet answered, what the context knows."""
        questions = [self.questionnaire.question(question_id) for question_id in self.asked]
        offers = {question.id: self._offered(question) for question in questions if question.id not in self.answers}
        return {question_id: offered for question_id, offered in offers.items() if offered is not None}

    def offered(self, question_id: str) -> Json:
        """Return what the context offers as an answer to a question, or None."""
        return self._offered(self.questionnaire.question(question_id))

    def _offered(self, question: Question) -> Json:
        if question.prefill is None:
            return None
        value = self._context_value(question.prefill.source)
        kind = kind_of(question)
        return value if value is not None and kind.fits(value) and not kind.check(question, value) else None

    def _context_value(self, name: str) -> Json:
        """Return a context value; one that depends on an answer is looked up in the map that was given for it."""
        value = self.context.get(name)
        by = self.questionnaire.derived.get(name)
        if by is None or not isinstance(value, Mapping):
            return value
        answer = self.given.get(by)
        return value.get(answer) if isinstance(answer, str) else None

    @cached_property
    def _known(self) -> Facts:
        return {TODAY: self.today, **dict(self._context_facts())}

    def _context_facts(self) -> Iterator[tuple[str, Json]]:
        for name, kind in self.questionnaire.context.items():
            value = self.context.get(name)
            if value is not None and KINDS[kind].fits(value):
                yield name, value

    @cached_property
    def _asked_set(self) -> frozenset[str]:
        return frozenset(self.asked)

    def _live(self, question_id: str) -> Json:
        answer = self.answers.get(question_id)
        if answer is None or is_unknown(answer) or is_none(answer):
            return answer
        fact = self.facts.get(question_id)
        if fact is None:
            return None
        return fact if isinstance(answer, list) and isinstance(fact, list) else answer

    @cached_property
    def _pages(self) -> tuple[tuple[Page, tuple[Question, ...]], ...]:
        questions = self.questionnaire.questions
        pages = [
            (stage.page, tuple(question for key in asked if self._is_shown(question := questions[key])))
            for stage, asked in self.course.stages
        ]
        return tuple((page, shown) for page, shown in pages if shown)

    def _is_shown(self, question: Question) -> bool:
        return question.type != KNOWN_ISSUES or bool(self.context.get(KNOWN_ISSUES)) or question.id in self.answers

    def _is_open(self, question_id: str) -> bool:
        answer = self.answers.given.get(question_id)
        if answer is None:
            return self._is_shown(self.questionnaire.questions[question_id])
        return question_id not in self.facts and not is_unknown(answer) and not is_none(answer)

    def _is_done(self, page: Page, asked: tuple[str, ...]) -> bool:
        questions = self.questionnaire.questions
        is_visited = page.id in self.visited
        for question_id in asked:
            if (not is_visited or questions[question_id].required) and self._is_open(question_id):
                return False
        return True

    def _position(self, page_id: str) -> int:
        stages = lane_of(self.questionnaire, emergency=self.emergency).stages
        return next((place for place, stage in enumerate(stages) if stage.page.id == page_id), -1)
