"""The two ways through a questionnaire, prepared so that walking one is cheap: the normal and the emergency lane."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

from intake.conditions import Facts, Test, compiled
from intake.kinds import KINDS
from intake.plain import Json
from intake.questionnaire import Page, Question, Questionnaire

Shown: TypeAlias = Callable[[Json, Facts], Json]
"""What remains of an answer's fact when options that are not shown are left out; None for nothing."""

NORMAL, EMERGENCY = False, True
NO_KNOWN_ISSUE = "none"


@dataclass(frozen=True, slots=True)
class Step:
    """One question on a lane: when it is asked, and what its answer tells conditions when there is none."""

    question_id: str
    is_asked: Test | None
    shown: Shown | None
    otherwise: Json = None


@dataclass(frozen=True, slots=True)
class Stage:
    """One page on a lane. `is_first_aid` marks the pages that must be done before an emergency is sent."""

    page: Page
    is_asked: Test | None
    steps: tuple[Step, ...]
    is_first_aid: bool = False


@dataclass(frozen=True)
class Lane:
    """The pages of one way through the questionnaire, in the order in which they are asked."""

    stages: tuple[Stage, ...]

    @cached_property
    def prepared(self) -> list[tuple[Stage, Test | None, list[tuple[str, Test | None, Shown | None, Json]]]]:
        """The same as plain tuples, which are the cheapest to walk."""
        return [
            (
                stage,
                stage.is_asked,
                [(step.question_id, step.is_asked, step.shown, step.otherwise) for step in stage.steps],
            )
            for stage in self.stages
        ]


@dataclass(frozen=True, slots=True)
class Course:
    """What walking a lane with certain answers gives: the pages with the questions asked, and the facts they make."""

    stages: tuple[tuple[Stage, tuple[str, ...]], ...]
    facts: Facts


def lane_of(questionnaire: Questionnaire, *, emergency: bool) -> Lane:
    """Return the lane of a questionnaire, prepared once."""
    key = "_emergency_lane" if emergency else "_normal_lane"
    known = questionnaire.__dict__.get(key)
    if isinstance(known, Lane):
        return known
    lane = _emergency_lane(questionnaire) if emergency else _normal_lane(questionnaire)
    questionnaire.__dict__[key] = lane
    return lane


def walk(lane: Lane, known: Facts, given: Facts) -> Course:
    """Walk a lane: `known` are the day and the context, `given` the facts of all answers, on the path or not."""
    facts = dict(known)
    stages = []
    for stage, is_page_asked, steps in lane.prepared:
        if is_page_asked is not None and not is_page_asked(facts):
            continue
        asked = []
        for question_id, is_asked, shown, otherwise in steps:
            if is_asked is not None and not is_asked(facts):
                continue
            asked.append(question_id)
            fact = given.get(question_id, otherwise)
            if shown is not None and fact is not None:
                fact = shown(fact, facts)
            if fact is not None:
                facts[question_id] = fact
        if asked:
            stages.append((stage, tuple(asked)))
    return Course(tuple(stages), facts)


def _normal_lane(questionnaire: Questionnaire) -> Lane:
    return Lane(tuple(_stage(page) for page in questionnaire.pages if page.only is None))


def _emergency_lane(questionnaire: Questionnaire) -> Lane:
    ask = questionnaire.emergency.ask if questionnaire.emergency else ()
    first_aid = [_stage(page, is_first_aid=True) for page in _first_aid_pages(questionnaire, ask)]
    details = [
        _stage(replace(page, questions=tuple(question for question in page.questions if question.id not in ask)))
        for page in questionnaire.pages
        if page.only is None
    ]
    return Lane((*first_aid, *details))


def _first_aid_pages(questionnaire: Questionnaire, ask: tuple[str, ...]) -> list[Page]:
    pages = list(questionnaire.emergency_pages)
    own = {question.id for page in pages for question in page.questions}
    borrowed = tuple(questionnaire.question(question_id) for question_id in ask if question_id not in own)
    if not borrowed:
        return pages
    if not pages:
        label = questionnaire.emergency.label if questionnaire.emergency else ""
        return [Page("emergency", label, borrowed, only="emergency")]
    return [*pages[:-1], replace(pages[-1], questions=(*pages[-1].questions, *borrowed))]


def _stage(page: Page, *, is_first_aid: bool = False) -> Stage:
    is_asked = None if page.ask_if is None else compiled(page.ask_if)
    return Stage(page, is_asked, tuple(map(_step, page.questions)), is_first_aid)


def _step(question: Question) -> Step:
    is_asked = None if question.ask_if is None else compiled(question.ask_if)
    tests = {option.id: compiled(option.show_if) for option in question.options if option.show_if is not None}
    otherwise = NO_KNOWN_ISSUE if question.type == "known_issues" else None
    return Step(question.id, is_asked, _shown_by(tests) if tests else None, otherwise)


def _shown_by(tests: Mapping[str, Test]) -> Shown:
    def shown(fact: Json, facts: Facts) -> Json:
        if isinstance(fact, list):
            return [chosen for chosen in fact if chosen not in tests or tests[chosen](facts)] or None
        test = tests.get(fact) if isinstance(fact, str) else None
        return fact if test is None or test(facts) else None

    return shown


def fact_of(question: Question, answer: Json) -> Json:
    """Return what an answer tells conditions, or None where it counts as not answered."""
    return KINDS[question.type].fact(question, answer)
