"""Every way the answers to some questions can turn out, with the shortest answers that lead there.

Only the questions that matter are looked at: those a condition compares, those that decide whether they are asked,
and so on. Answers that no comparison tells apart are tried once. What is no longer compared is forgotten, so that
states which differ in nothing that matters become one. That keeps an exact answer cheap; where it is not, the
budget ends it and the caller says so.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain, takewhile

from intake.checking.domains import Candidate, TooManyError, candidates, days_to_try
from intake.conditions import TODAY, Condition, Leaf, Test, compiled, leaves, subjects
from intake.kinds.base import texts
from intake.lanes import Stage, Step, lane_of
from intake.plain import Json
from intake.questionnaire import Question, Questionnaire

MOST_STATES = 6000
MOST_STEPS = 120_000
MOST_MARKED = 12


@dataclass(frozen=True)
class Variable:
    """One question or context value on a lane: when it is asked, and what that depends on."""

    id: str
    kind: str
    question: Question | None = None
    guards: tuple[Condition, ...] = ()
    page_id: str = ""
    step: Step | None = None
    is_needed: bool = False

    @cached_property
    def comparisons(self) -> tuple[Leaf, ...]:
        """Every comparison that decides whether it, or one of its options, is shown."""
        options = self.question.options if self.question is not None else ()
        conditions = (*self.guards, *(option.show_if for option in options if option.show_if is not None))
        return tuple(leaf for condition in conditions for leaf in leaves(condition))

    @cached_property
    def depends_on(self) -> frozenset[str]:
        """The ids in those comparisons."""
        return frozenset(leaf.subject for leaf in self.comparisons)


@dataclass(frozen=True, slots=True)
class State:
    """One way things can stand: the facts that still matter, and the fewest answers that lead to it."""

    facts: Mapping[str, Json]
    answers: tuple[tuple[str, Json], ...] = ()

    @property
    def cost(self) -> int:
        """How many answers it takes."""
        return len(self.answers)


@dataclass
class Budget:
    """How many steps may still be taken for one questionnaire."""

    steps: int = MOST_STEPS

    def spend(self, steps: int, states: int) -> None:
        """Take some steps; TooManyError when none are left or too many states are open."""
        self.steps -= steps
        if self.steps < 0 or states > MOST_STATES:
            raise TooManyError


@dataclass
class Space:
    """The questions of one lane, ready to be explored."""

    questionnaire: Questionnaire
    emergency: bool = False
    budget: Budget = field(default_factory=Budget)

    @cached_property
    def variables(self) -> Mapping[str, Variable]:
        """The context values and questions of the lane by id, in the order in which they become known."""
        context = {name: Variable(name, kind) for name, kind in self.questionnaire.context.items()}
        return {**context, **{variable.id: variable for variable in self._asked()}}

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The pages of the lane."""
        return lane_of(self.questionnaire, emergency=self.emergency).stages

    def explore(
        self, conditions: Iterable[Condition], *, until: str | None = None, complete_but: str | None = None
    ) -> tuple[State, ...]:
        """Return every way the subjects of the conditions can turn out together.

        Only what is asked before the question `until` counts. With `complete_but`, required questions are
        answered, except on the page of that id. Raises TooManyError.
        """
        wanted = list(conditions)
        self.budget.spend(0, 0)
        cone = self._cone(wanted, until)
        compared = self._comparisons(cone, wanted)
        last_use = self._last_uses(cone, wanted)
        found: list[State] = []
        for day in days_to_try(leaf for compared_leaves in compared.values() for leaf in compared_leaves):
            states: dict[tuple[Json, ...], State] = {(): State({TODAY: day})}
            open_ids: list[str] = []
            for place, variable in enumerate(cone):
                choices = _choices(variable, compared.get(variable.id, []), complete_but, day)
                self.budget.spend(len(states) * (len(choices) + 1), len(states))
                open_ids = [key for key in (*open_ids, variable.id) if last_use[key] > place]
                states = _stepped(states.values(), variable, choices, open_ids)
            found.extend(states.values())
        return tuple(found)

    def _asked(self) -> Iterator[Variable]:
        for stage in self.stages:
            for question, step in zip(stage.page.questions, stage.steps, strict=True):
                guards = tuple(guard for guard in (stage.page.ask_if, question.ask_if) if guard is not None)
                is_needed = question.required and not question.allow_unknown and question.allow_none is None
                is_needed = is_needed and (stage.is_first_aid or not self.emergency)
                yield Variable(question.id, question.type, question, guards, stage.page.id, step, is_needed)

    def _cone(self, conditions: Iterable[Condition], until: str | None) -> list[Variable]:
        waiting = [subject for condition in conditions for subject in subjects(condition)]
        found: set[str] = set()
        while waiting:
            name = waiting.pop()
            variable = self.variables.get(name)
            if variable is None or name in found:
                continue
            found.add(name)
            waiting.extend(variable.depends_on - found)
        before = takewhile(lambda variable: variable.id != until, self.variables.values())
        return [variable for variable in before if variable.id in found]

    def _comparisons(self, cone: list[Variable], conditions: Iterable[Condition]) -> dict[str, list[Leaf]]:
        compared: dict[str, list[Leaf]] = {}
        asked = (leaf for condition in conditions for leaf in leaves(condition))
        for leaf in chain(asked, *(variable.comparisons for variable in cone)):
            compared.setdefault(leaf.subject, []).append(leaf)
        return compared

    def _last_uses(self, cone: list[Variable], conditions: Iterable[Condition]) -> dict[str, int]:
        last = {variable.id: place for place, variable in enumerate(cone)}
        for place, variable in enumerate(cone):
            for subject in variable.depends_on:
                last[subject] = max(last.get(subject, 0), place)
        for condition in conditions:
            last.update(dict.fromkeys(subjects(condition), len(cone)))
        return last


@dataclass(frozen=True, slots=True)
class _Choice:
    """One class of answers that no comparison tells apart: its mark in a state, and an answer of it."""

    mark: int
    candidate: Candidate | None


def _choices(variable: Variable, compared: list[Leaf], complete_but: str | None, today: date) -> list[_Choice]:
    """Return one answer of each class; leaving the question open comes first, where it can be left open."""
    found: dict[tuple[object, ...], Candidate | None] = {}
    must_answer = complete_but is not None and variable.is_needed and variable.page_id != complete_but
    if not must_answer and variable.kind != "known_issues":
        found[tuple(leaf.operator == "answered" and not leaf.constant for leaf in compared)] = None
    for candidate in candidates(variable.kind, variable.question, compared, today):
        signature = tuple(_compares(leaf, candidate.fact, today) for leaf in compared)
        found.setdefault((*signature, *_show_ifs(variable, candidate)), candidate)
    return [_Choice(mark, candidate) for mark, candidate in enumerate(found.values())]


def _compares(leaf: Leaf, fact: Json, today: date) -> bool:
    return bool(leaf.constant) if leaf.operator == "answered" else leaf.holds(fact, today)


def _show_ifs(variable: Variable, candidate: Candidate) -> Iterator[int]:
    """Yield what tells apart answers whose options are shown under different conditions."""
    if variable.question is None or variable.step is None or variable.step.shown is None:
        return
    for chosen in texts(candidate.fact) or [candidate.option or ""]:
        option = variable.question.option(chosen)
        if option is not None and option.show_if is not None:
            yield id(option.show_if)


def _stepped(
    states: Iterable[State], variable: Variable, choices: list[_Choice], open_ids: list[str]
) -> dict[tuple[Json, ...], State]:
    tests = [compiled(guard) for guard in variable.guards]
    following: dict[tuple[Json, ...], State] = {}
    for state in states:
        if tests and not all(test(state.facts) for test in tests):
            _keep(following, _without(state, open_ids), open_ids)
            continue
        for choice in choices:
            _keep(following, _with(state, variable, choice, open_ids), open_ids)
    return following


def _keep(following: dict[tuple[Json, ...], State], state: State, open_ids: list[str]) -> None:
    key = tuple(_mark(state.facts.get(name)) for name in open_ids)
    known = following.get(key)
    if known is None or state.cost < known.cost:
        following[key] = state


def _mark(fact: Json) -> Json:
    if isinstance(fact, list):
        return ("list", len(fact), *map(str, fact[:MOST_MARKED]))
    return repr(fact) if isinstance(fact, dict) else fact


def _without(state: State, open_ids: list[str]) -> State:
    facts = {name: state.facts[name] for name in open_ids if name in state.facts}
    facts[TODAY] = state.facts[TODAY]
    return State(facts, state.answers)


def _with(state: State, variable: Variable, choice: _Choice, open_ids: list[str]) -> State:
    left = _without(state, open_ids)
    candidate = choice.candidate
    if candidate is None:
        return left
    shown = variable.step.shown if variable.step is not None else None
    fact = candidate.fact if shown is None else shown(candidate.fact, state.facts)
    is_default = variable.kind == "known_issues" and fact == "none"
    answers = state.answers if is_default else (*state.answers, (variable.id, candidate.answer))
    if fact is None or variable.id not in open_ids:
        return State(left.facts, answers)
    return State({**left.facts, variable.id: fact}, answers)


def all_true(conditions: Iterable[Condition]) -> Test:
    """Return the conditions as one test: true when every one is."""
    tests = tuple(map(compiled, conditions))
    return lambda facts: all(test(facts) for test in tests)


def cheapest(states: Iterable[State]) -> State | None:
    """Return the state that takes the fewest answers, or None."""
    return min(states, key=lambda state: state.cost, default=None)
