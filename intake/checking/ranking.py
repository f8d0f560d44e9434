"""Triage, proven: rules that can never match, impact that grows while the priority drops, a P1 that takes too long."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from intake.answers import Answers
from intake.checking.domains import DAY, TooManyError
from intake.checking.exploring import Space, State, cheapest
from intake.checking.places import finding
from intake.conditions import TODAY, Test, compiled
from intake.findings import Finding
from intake.interview import Interview
from intake.questionnaire import Question, Questionnaire

MOST_QUESTIONS_FOR_P1 = 8
MOST_COUNTED = 20
MOST_COMPARED = 4000


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules of a questionnaire with their tests."""

    questionnaire: Questionnaire
    tests: tuple[Test, ...]

    @classmethod
    def of(cls, questionnaire: Questionnaire) -> "_Rules":
        tests = [compiled(rule.when) if rule.when is not None else _always for rule in questionnaire.triage]
        return cls(questionnaire, tuple(tests))

    def first(self, facts: Mapping[str, object]) -> int | None:
        return next((place for place, test in enumerate(self.tests) if test(facts)), None)


def ranking_findings(normal: Space, emergency: Space | None) -> Iterator[Finding]:
    """Yield what is wrong with the triage rules, over both lanes."""
    questionnaire = normal.questionnaire
    conditions = [rule.when for rule in questionnaire.triage if rule.when is not None]
    try:
        states = normal.explore(conditions)
    except TooManyError:
        yield from _one_by_one(normal, emergency)
        return
    rules = _Rules.of(questionnaire)
    first = {place: list(group) for place, group in _by_rule(rules, states).items()}
    matched = set(first)
    if len(matched) < len(questionnaire.triage) and emergency is not None:
        try:
            matched.update(_by_rule(rules, emergency.explore(conditions)))
        except TooManyError:
            text = "Not proven within the budget: which rules match in the emergency lane."
            yield finding(questionnaire, "W999", ("triage",), text, "Compare fewer questions in the rules.")
            return
    for place in range(len(questionnaire.triage)):
        if place not in matched:
            yield _never(rules, place, states)
    yield from _dropping(rules, states)
    yield from _slow(questionnaire, [state for place, group in first.items() for state in group
                                     if questionnaire.triage[place].sets == "P1"])  # fmt: skip


def _one_by_one(normal: Space, emergency: Space | None) -> Iterator[Finding]:
    """Look at each rule by itself, where all of them together are too many; what this cannot tell is said."""
    questionnaire = normal.questionnaire
    rules = _Rules.of(questionnaire)
    for place, rule in enumerate(questionnaire.triage):
        path = ("triage", place)
        if rule.when is None:
            continue
        try:
            spaces = [normal] if emergency is None else [normal, emergency]
            states = [state for space in spaces for state in space.explore([rule.when])]
            alone = [state for state in states if rules.tests[place](state.facts)]
        except TooManyError:
            alone = []
            is_proven = False
        else:
            is_proven = not alone
        if is_proven:
            yield finding(questionnaire, "E403", path, f"The rule `{rule.id}` can never match.", "Change `when`.")
        elif not any(rules.first(_walked(questionnaire, state)) == place for state in alone):
            text = f"Not proven within the budget: whether the rule `{rule.id}` is ever the first to match."
            yield finding(questionnaire, "W999", path, text, "Compare fewer questions in the rules.")


def _by_rule(rules: _Rules, states: Iterable[State]) -> dict[int, list[State]]:
    grouped: dict[int, list[State]] = {}
    for state in states:
        place = rules.first(state.facts)
        if place is not None:
            grouped.setdefault(place, []).append(state)
    return grouped


def _never(rules: _Rules, place: int, states: Iterable[State]) -> Finding:
    rule = rules.questionnaire.triage[place]
    taken = cheapest(state for state in states if rules.tests[place](state.facts))
    earlier = None if taken is None else rules.first(taken.facts)
    if taken is None or earlier is None:
        text, suggestion = f"The rule `{rule.id}` can never match.", "Change `when`, or take the rule out."
        return finding(rules.questionnaire, "E403", ("triage", place), text, suggestion)
    text = f"The rule `{rule.id}` can never match: `{rules.questionnaire.triage[earlier].id}` is always first."
    return finding(
        rules.questionnaire, "E403", ("triage", place), text, "Move it up.", reproduction=dict(taken.answers)
    )


def _dropping(rules: _Rules, states: tuple[State, ...]) -> Iterator[Finding]:
    """Yield the first place for each question where a worse answer, all others equal, lowers the priority."""
    questionnaire = rules.questionnaire
    ranked = [question for question in questionnaire.questions.values() if _ranks(question)]
    reported: set[str] = set()
    compared = 0
    for state in sorted(states, key=lambda state: state.cost):
        answers = dict(state.answers)
        for question in ranked:
            chosen = answers.get(question.id)
            if question.id in reported or not isinstance(chosen, str) or chosen not in _ranks(question):
                continue
            for worse in _worse(question, chosen):
                compared += 1
                if compared > MOST_COMPARED:
                    text = "Not proven within the budget: whether the priority drops when impact grows."
                    yield finding(questionnaire, "W999", ("triage",), text, "Compare fewer questions in the rules.")
                    return
                drop = _drop(rules, state, {**answers, question.id: worse})
                if drop is not None:
                    reported.add(question.id)
                    text = f"`{question.id}` is worse at `{worse}` than at `{chosen}`, yet the priority drops: {drop}."
                    suggestion = "Order the rules from the worst down."
                    yield finding(questionnaire, "W404", ("triage",), text, suggestion, reproduction=answers)
                    break


def _drop(rules: _Rules, state: State, changed: Mapping[str, object]) -> str | None:
    before = rules.first(state.facts)
    after = rules.first(_facts_of(rules.questionnaire, changed, state.facts[TODAY]))
    triage = rules.questionnaire.triage
    if before is None or after is None or triage[after].sets <= triage[before].sets:
        return None
    return f"{triage[before].sets} by `{triage[before].id}`, then {triage[after].sets} by `{triage[after].id}`"


def _ranks(question: Question) -> dict[str, int]:
    return {option.id: option.rank for option in question.options if option.rank is not None}


def _worse(question: Question, chosen: str) -> list[str]:
    ranks = _ranks(question)
    return [option for option, rank in sorted(ranks.items(), key=lambda item: item[1]) if rank > ranks[chosen]]


def _slow(questionnaire: Questionnaire, states: list[State]) -> Iterator[Finding]:
    """Yield a warning where even the shortest way to P1 takes too many answers; an emergency lane to P1 is short."""
    lane = questionnaire.emergency
    if not states or (lane is not None and lane.sets == "P1"):
        return
    cheap = sorted(states, key=lambda state: state.cost)[:MOST_COUNTED]
    ways = [(_answers_needed(questionnaire, state), dict(state.answers)) for state in cheap]
    fewest, answers = min(ways, key=lambda way: way[0])
    if fewest > MOST_QUESTIONS_FOR_P1:
        text = f"A P1 takes {fewest} answers; people in need give {MOST_QUESTIONS_FOR_P1}."
        suggestion = "Ask less before it, or add an emergency lane."
        yield finding(questionnaire, "W405", ("triage",), text, suggestion, reproduction=answers)


def _answers_needed(questionnaire: Questionnaire, state: State) -> int:
    answers = {key: answer for key, answer in state.answers if key in questionnaire.questions}
    interview = Interview.begin(questionnaire, today=DAY, answers=Answers(answers))
    return len(answers) + len(interview.missing)


def _walked(questionnaire: Questionnaire, state: State) -> Mapping[str, object]:
    return _facts_of(questionnaire, dict(state.answers), state.facts[TODAY])


def _facts_of(questionnaire: Questionnaire, answers: Mapping[str, object], today: object) -> Mapping[str, object]:
    given = {key: answer for key, answer in answers.items() if key in questionnaire.questions}
    context = {key: answer for key, answer in answers.items() if key in questionnaire.context}
    day = today if isinstance(today, date) else DAY
    return Interview.begin(questionnaire, today=day, answers=Answers(given), context=context).facts


def _always(_facts: object) -> bool:
    return True
