from datetime import date
from itertools import product

import pytest

from intake.conditions import TODAY, AllOf, AnyOf, Condition, Leaf, Not, evaluate, explain, subjects
from intake.kinds import KINDS
from intake.plain import Json


def leaf(subject: str, operator: str, constant: Json, kind: str = "choice") -> Leaf:
    return Leaf(subject, operator, constant, KINDS[kind].test(operator, constant))


FACTS = {TODAY: date(2026, 11, 21), "a": "x", "many": ["x", "y"], "n": 3, "v": "5.5.1", "d": "2026-11-10"}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (leaf("a", "is", "x"), True),
        (leaf("a", "is", "y"), False),
        (leaf("a", "in", ["y", "x"]), True),
        (leaf("a", "answered", True), True),
        (leaf("a", "answered", False), False),
        (leaf("nobody", "is", "x"), False),
        (leaf("nobody", "answered", False), True),
        (Not(leaf("nobody", "is", "x")), True),
        (leaf("many", "any_of", ["y", "z"], "multi"), True),
        (leaf("many", "all_of", ["y", "z"], "multi"), False),
        (leaf("n", "gt", 3, "number"), False),
        (leaf("n", "ge", 3, "number"), True),
        (leaf("n", "lt", "3.5", "number"), True),
        (leaf("n", "le", 2, "number"), False),
        (leaf("n", "is", 3, "number"), True),
        (leaf("v", "in_range", "<5.6.3", "version"), True),
        (leaf("v", "in_range", ">=5.6", "version"), False),
        (leaf("v", "is", "5.5.1.0", "version"), True),
        (leaf("d", "before", "-7d", "date"), True),
        (leaf("d", "after", "-14d", "date"), True),
        (leaf("d", "after", "2026-11-10", "date"), False),
        (leaf("d", "before", "+1w", "date"), True),
        (AllOf((leaf("a", "is", "x"), leaf("n", "is", 3, "number"))), True),
        (AllOf((leaf("a", "is", "x"), leaf("n", "is", 4, "number"))), False),
        (AnyOf((leaf("a", "is", "y"), leaf("n", "is", 3, "number"))), True),
        (AnyOf((leaf("a", "is", "y"), leaf("n", "is", 4, "number"))), False),
    ],
)
def test_it_evaluates(condition: Condition, expected: bool) -> None:
    assert evaluate(condition, FACTS) is expected


ODD_FACTS: list[Json] = [None, "x", 3, 2.5, True, [], ["x"], {}, {"a": 1}, [{"did": "x"}], "2026-13-40"]
ODD_CONSTANTS: list[Json] = [None, "x", 3, True, [], ["x"], {}, "-9999w", "<5"]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_comparison_ever_raises(kind: str) -> None:
    for operator, fact, constant in product([*KINDS[kind].operators, "nonsense"], ODD_FACTS, ODD_CONSTANTS):
        assert KINDS[kind].holds(operator, fact, constant, date(2026, 1, 1)) in (True, False)


def test_it_explains_each_comparison() -> None:
    condition = AllOf((leaf("a", "is", "x"), Not(leaf("n", "gt", 5, "number"))))
    assert [(part.leaf.subject, part.is_true) for part in explain(condition, FACTS)] == [("a", True), ("n", False)]


def test_it_names_what_it_depends_on() -> None:
    assert subjects(AnyOf((leaf("a", "is", "x"), Not(leaf("b", "is", "x"))))) == {"a", "b"}
