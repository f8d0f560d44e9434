"""Conditions as data: when a page or question is asked, an option shown, a triage rule matched."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from intake.plain import Json

Facts: TypeAlias = Mapping[str, Json]
"""Answers on the path and context values by id; what is not answered is absent. `TODAY` holds the day."""

TODAY = "@today"

OPERATORS = (
    "is", "in", "answered", "any_of", "all_of", "gt", "ge", "lt", "le",
    "count_ge", "count_le", "in_range", "before", "after",
)  # fmt: skip

Test: TypeAlias = Callable[[Facts], bool]
AnswerTest: TypeAlias = Callable[[Json, date], bool]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One comparison: the answer to `subject`, an operator and a constant.

    `holds` compares one answer on one day; the answer kind of the subject provides it. Where `is_plain`, the
    answer is simply equal to the constant, or among the constants.
    """

    subject: str
    operator: str
    constant: Json
    holds: AnswerTest = field(compare=False, repr=False)
    is_plain: bool = field(default=False, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class AllOf:
    """True when every part is true."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True when at least one part is true."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """True when its part is false."""

    part: "Condition"


Condition: TypeAlias = Leaf | AllOf | AnyOf | Not


@dataclass(frozen=True, slots=True)
class Explanation:
    """One comparison of a condition and whether it came out true."""

    leaf: Leaf
    is_true: bool


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Yield every comparison of a condition, from left to right."""
    match condition:
        case Leaf():
            yield condition
        case Not(part):
            yield from leaves(part)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)


def subjects(condition: Condition) -> frozenset[str]:
    """Return the ids of the questions and context values a condition depends on."""
    return frozenset(leaf.subject for leaf in leaves(condition))


def evaluate(condition: Condition, facts: Facts) -> bool:
    """Say whether a condition is true; it always has an answer and never raises."""
    return compiled(condition)(facts)


def explain(condition: Condition, facts: Facts) -> tuple[Explanation, ...]:
    """Return each comparison of a condition with its outcome, from left to right."""
    return tuple(Explanation(leaf, evaluate(leaf, facts)) for leaf in leaves(condition))


def compiled(condition: Condition) -> Test:
    """Return the condition as a function of the facts, so that asking it often is cheap."""
    match condition:
        case Leaf():
            return _compiled_leaf(condition)
        case Not(part):
            test = compiled(part)
            return lambda facts: not test(facts)
        case AllOf(parts):
            return _compiled_all(tuple(map(compiled, parts)))
        case AnyOf(parts):
            return _compiled_any(tuple(map(compiled, parts)))


def _compiled_leaf(leaf: Leaf) -> Test:
    subject, holds = leaf.subject, leaf.holds
    if leaf.operator == "answered":
        return (lambda facts: subject in facts) if leaf.constant else (lambda facts: subject not in facts)

    if leaf.is_plain:
        return _compiled_plain(leaf)

    def test(facts: Facts) -> bool:
        answer = facts.get(subject)
        return answer is not None and holds(answer, _day_of(facts))

    return test


def _compiled_plain(leaf: Leaf) -> Test:
    subject, constant = leaf.subject, leaf.constant
    if leaf.operator == "in" and isinstance(constant, list | tuple):
        allowed = tuple(constant)
        return lambda facts: facts.get(subject) in allowed
    return lambda facts: facts.get(subject) == constant


def _day_of(facts: Facts) -> date:
    """Return the day; without one, relative dates are true of nothing."""
    today = facts.get(TODAY)
    return today if isinstance(today, date) else date.min


def _compiled_all(tests: tuple[Test, ...]) -> Test:
    if len(tests) == 2:
        first, second = tests
        return lambda facts: first(facts) and second(facts)

    def test(facts: Facts) -> bool:
        for part in tests:  # noqa: SIM110  # a generator costs twice as much, and this is asked for every question
            if not part(facts):
                return False
        return True

    return test


def _compiled_any(tests: tuple[Test, ...]) -> Test:
    if len(tests) == 2:
        first, second = tests
        return lambda facts: first(facts) or second(facts)

    def test(facts: Facts) -> bool:
        for part in tests:  # noqa: SIM110  # a generator costs twice as much, and this is asked for every question
            if part(facts):
                return True
        return False

    return test
