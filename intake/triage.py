"""Triage: the priority that answers suggest, the reason in the customer's words, and what would have raised it."""

from collections.abc import Iterator
from dataclasses import dataclass

from intake.conditions import Condition, Leaf, evaluate, leaves
from intake.interview import Interview
from intake.kinds.base import texts
from intake.plain import Json
from intake.questionnaire import Questionnaire, Rule

LOWEST = "P4"
EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class NearMiss:
    """One other answer that would have raised the priority: `answer` to `question`."""

    rule: str
    priority: str
    because: str
    question: str
    answer: Json

    def as_document(self) -> dict[str, Json]:
        """Return the near miss as it stands in a snapshot."""
        return {
            "rule": self.rule,
            "priority": self.priority,
            "because": self.because,
            "question": self.question,
            "answer": self.answer,
        }


@dataclass(frozen=True, slots=True)
class Triage:
    """The priority, the rule that set it, why, and the near misses. `rule` is "emergency" for the emergency lane."""

    priority: str
    rule: str
    because: str
    near_misses: tuple[NearMiss, ...] = ()

    def as_document(self) -> dict[str, Json]:
        """Return the triage as it stands in a snapshot."""
        return {
            "priority": self.priority,
            "rule": self.rule,
            "because": self.because,
            "near_misses": [miss.as_document() for miss in self.near_misses],
        }


def triage(questionnaire: Questionnaire, interview: Interview) -> Triage:
    """Return what the rules say about an interview; the first that matches wins.

    In the emergency lane the priority never falls below what the lane sets; details may explain it or raise it.
    """
    matched = matching_rule(questionnaire, interview)
    lane = questionnaire.emergency
    if interview.emergency and lane is not None and (matched is None or matched.sets > lane.sets):
        return Triage(lane.sets, EMERGENCY, lane.because or lane.label)
    if matched is None:
        return Triage(LOWEST, "", "")
    misses = tuple(_near_misses(questionnaire, interview, matched))
    return Triage(matched.sets, matched.id, matched.because, misses)


def matching_rule(questionnaire: Questionnaire, interview: Interview) -> Rule | None:
    """Return the first rule that matches, or None where a questionnaire has no default."""
    rules = questionnaire.triage
    return next((rule for rule in rules if rule.when is None or evaluate(rule.when, interview.facts)), None)


def _near_misses(questionnaire: Questionnaire, interview: Interview, matched: Rule) -> Iterator[NearMiss]:
    for rule in questionnaire.triage:
        if rule.sets < matched.sets and rule.when is not None:
            change = _smallest_change(questionnaire, interview, rule.id, rule.when)
            if change is not None:
                yield NearMiss(rule.id, rule.sets, rule.because, *change)


def _smallest_change(
    questionnaire: Questionnaire, interview: Interview, rule_id: str, condition: Condition
) -> tuple[str, Json] | None:
    """Return one other answer to one question on the path with which the rule would have matched first."""
    for leaf in leaves(condition):
        if not interview.on_path(leaf.subject):
            continue
        for answer in _answers_for(leaf):
            if not evaluate(condition, {**interview.facts, leaf.subject: answer}):
                continue
            changed = matching_rule(questionnaire, interview.with_answer(leaf.subject, answer))
            if changed is not None and changed.id == rule_id:
                return leaf.subject, answer
    return None


def _answers_for(leaf: Leaf) -> list[Json]:
    """Return answers that make a comparison with listed options true; other comparisons name no answer."""
    match leaf.operator:
        case "is" if isinstance(leaf.constant, str | int):
            return [leaf.constant]
        case "in":
            return list(texts(leaf.constant))
        case "any_of":
            return [[option] for option in texts(leaf.constant)]
        case "all_of":
            return [texts(leaf.constant)]
        case _:
            return []
