"""Which questions, pages and options can be met, and by which answers; which conditions say nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from intake.checking.domains import TooManyError
from intake.checking.exploring import Space, all_true, cheapest
from intake.checking.places import finding
from intake.conditions import Condition, compiled
from intake.findings import Finding
from intake.plain import Json
from intake.questionnaire import Page, Question, Questionnaire
from intake.words import Path


class Reach(StrEnum):
    """Whether something can be met."""

    YES = "yes"
    NO = "no"
    NOT_PROVEN = "not-proven"


@dataclass(frozen=True, slots=True)
class Met:
    """Whether something can be met, and the shortest answers with which it is."""

    reach: Reach
    answers: Mapping[str, Json] | None = None


NEVER = Met(Reach.NO)


def reach_of(space: Space, guards: tuple[Condition, ...], until: str) -> Met:
    """Say whether all of some conditions can be true before a question is asked, and by which answers."""
    if not guards:
        return Met(Reach.YES, {})
    try:
        states = space.explore(guards, until=until)
    except TooManyError:
        return Met(Reach.NOT_PROVEN)
    test = all_true(guards)
    best = cheapest(state for state in states if test(state.facts))
    return NEVER if best is None else Met(Reach.YES, dict(best.answers))


@dataclass(frozen=True, slots=True)
class _Where:
    """Where a condition stands: what it belongs to, what is asked before it, and what else must be true there."""

    path: Path
    key: str
    name: str
    page: Page | None = None
    until: str | None = None
    guards: tuple[Condition, ...] = ()


class Reaching:
    """The findings about what can be met in a questionnaire, over both lanes."""

    def __init__(self, normal: Space, emergency: Space | None) -> None:
        """Begin with the lanes there are; `emergency` is None where a questionnaire has no emergency lane."""
        self.questionnaire: Questionnaire = normal.questionnaire
        self.normal, self.emergency = normal, emergency
        self._known: dict[tuple[object, ...], Met] = {}

    def question(self, question_id: str) -> tuple[Met, Met]:
        """Say whether a question is asked in the normal and in the emergency lane."""
        emergency = NEVER if self.emergency is None else self._in(self.emergency, question_id)
        return self._in(self.normal, question_id), emergency

    def findings(self) -> Iterator[Finding]:
        """Yield what cannot be met, what cannot be proven, and what says nothing."""
        for number, page in enumerate(self.questionnaire.pages):
            path: Path = ("pages", number)
            met = [self.question(question.id) for question in page.questions]
            if all(normal.reach is emergency.reach is Reach.NO for normal, emergency in met):
                yield self._finding("E304", path, f"The page `{page.id}` is empty on every path.", "Change `ask_if`.")
            for position, question in enumerate(page.questions):
                yield from self._of_question((*path, "questions", position), page, question, met[position])
            if page.questions:
                yield from self._vain(_Where(path, "ask_if", page.id, page, page.questions[0].id), page.ask_if)
        for number, rule in enumerate(self.questionnaire.triage):
            yield from self._vain(_Where(("triage", number), "when", rule.id), rule.when)

    def _in(self, space: Space, question_id: str) -> Met:
        variable = space.variables.get(question_id)
        if variable is None:
            return NEVER
        key = (id(space), variable.page_id, *map(id, variable.guards))
        if key not in self._known:
            self._known[key] = reach_of(space, variable.guards, question_id)
        return self._known[key]

    def _of_question(self, path: Path, page: Page, question: Question, met: tuple[Met, Met]) -> Iterator[Finding]:
        normal, emergency = met
        reaches = {normal.reach, emergency.reach}
        if Reach.YES not in reaches and Reach.NOT_PROVEN in reaches:
            yield self._not_proven(path, f"whether `{question.id}` is ever asked")
        elif reaches == {Reach.NO}:
            text = f"`{question.id}` is never asked, whatever the answers."
            yield self._finding("E301", path, text, "Change `ask_if`.")
            return
        is_late = question.required and page.only is None and normal.reach is Reach.NO
        if is_late and emergency.reach is Reach.YES:
            text = f"`{question.id}` is required, but only the emergency lane reaches it."
            yield self._finding("E305", path, text, "Move it to an emergency page.", emergency.answers)
        guards = () if page.ask_if is None else (page.ask_if,)
        yield from self._vain(_Where(path, "ask_if", question.id, page, question.id, guards), question.ask_if)
        yield from self._of_options(path, page, question)

    def _of_options(self, path: Path, page: Page, question: Question) -> Iterator[Finding]:
        guards = tuple(guard for guard in (page.ask_if, question.ask_if) if guard is not None)
        for number, option in enumerate(question.options):
            if option.show_if is None:
                continue
            where: Path = (*path, "options", number)
            met = self._best((*guards, option.show_if), question.id)
            if met.reach is Reach.NO:
                text = f"The option `{option.id}` of `{question.id}` can never be chosen."
                yield self._finding("E303", where, text, "Change `show_if`, or take the option out.")
            elif met.reach is Reach.NOT_PROVEN:
                yield self._not_proven(where, f"whether the option `{option.id}` is ever shown")
            else:
                at = _Where(where, "show_if", option.id, page, question.id, guards)
                yield from self._vain(at, option.show_if)

    def _best(self, guards: tuple[Condition, ...], question_id: str) -> Met:
        spaces = [space for space in (self.normal, self.emergency) if space and question_id in space.variables]
        met = [reach_of(space, guards, question_id) for space in spaces]
        order = {Reach.YES: 0, Reach.NOT_PROVEN: 1, Reach.NO: 2}
        return min(met, key=lambda found: order[found.reach], default=NEVER)

    def _vain(self, where: "_Where", condition: Condition | None) -> Iterator[Finding]:
        """Yield a warning where a condition is true whenever it is looked at, with the required answers given."""
        if condition is None:
            return
        path = (*where.path, where.key)
        spaces = [self.emergency] if where.page is not None and where.page.only is not None else [*self._spaces()]
        try:
            always = [self._is_always(space, where, condition) for space in spaces if space is not None]
        except TooManyError:
            yield self._not_proven(path, "whether this condition is always true")
            return
        if True in always and False not in always:
            text = f"`{where.key}` of `{where.name}` is always true."
            yield self._finding("W302", path, text, f"Leave out `{where.key}`.")

    def _is_always(self, space: Space, where: "_Where", condition: Condition) -> bool | None:
        """Say whether a condition is true wherever it is looked at; None where it never is looked at."""
        page_id = "" if where.page is None else where.page.id
        states = space.explore((*where.guards, condition), until=where.until, complete_but=page_id)
        is_met, test = all_true(where.guards), compiled(condition)
        looked_at = [state for state in states if is_met(state.facts)]
        return all(test(state.facts) for state in looked_at) if looked_at else None

    def _spaces(self) -> Iterator[Space]:
        yield self.normal
        if self.emergency is not None:
            yield self.emergency

    def _not_proven(self, path: Path, what: str) -> Finding:
        return self._finding("W999", path, f"Not proven within the budget: {what}.", "Compare fewer questions at once.")

    def _finding(
        self, code: str, path: Path, message: str, suggestion: str, reproduction: Mapping[str, Json] | None = None
    ) -> Finding:
        return finding(self.questionnaire, code, path, message, suggestion, reproduction=reproduction)
