"""Conditions on their way from the file: what they refer to is looked up, and anything else is refused."""

from collections.abc import Mapping
from dataclasses import dataclass

from intake.conditions import OPERATORS, AllOf, AnyOf, Condition, Leaf, Not
from intake.kinds import KINDS
from intake.kinds.base import texts
from intake.loading.shapes import nearest
from intake.loading.tree import Node, Report
from intake.plain import Json
from intake.questionnaire import Question

_GROUPS = ("all", "any", "not")
_RESERVED = {"product": ("other", "unknown"), "module": ("other", "unknown")}


@dataclass(frozen=True)
class Known:
    """What a condition may refer to here: the kind of each earlier question or context value by its id.

    `everywhere` names every question of the file, so that a forward reference is told from a spelling mistake.
    """

    kinds: Mapping[str, str]
    questions: Mapping[str, Question]
    everywhere: frozenset[str]


def condition_from(node: Node, known: Known, report: Report) -> Condition | None:
    """Return the condition a node holds; None where it is refused, with the reason in the report."""
    if not isinstance(node.value, dict) or not node.value:
        _refuse_shape(node, report)
        return None
    group = next((key for key in _GROUPS if key in node.value), None)
    if group is None:
        return _leaf_from(node, known, report)
    if len(node.value) > 1:
        report.add("E013", node, f"Beside `{group}` nothing else may stand.", "Put both into `all: [..., ...]`.")
        return None
    inner = node.value[group]
    if group == "not":
        part = condition_from(inner, known, report)
        return None if part is None else Not(part)
    return _group_from(group, inner, known, report)


def _group_from(group: str, inner: Node, known: Known, report: Report) -> Condition | None:
    if not isinstance(inner.value, list) or not inner.value:
        suggestion = f"Write `{group}: [{{q: ...}}, {{q: ...}}]`."
        report.add("E013", inner, f"`{group}` takes a list of conditions.", suggestion)
        return None
    parts = [condition_from(item, known, report) for item in inner.value]
    found = tuple(part for part in parts if part is not None)
    if len(found) < len(parts):
        return None
    return AllOf(found) if group == "all" else AnyOf(found)


def _leaf_from(node: Node, known: Known, report: Report) -> Condition | None:
    fields = node.value if isinstance(node.value, dict) else {}
    operators = [key for key in fields if key != "q"]
    for key in operators:
        if key not in OPERATORS:
            place = node.key_places.get(key, (node.line, node.column))
            report.add("E203", place, f"There is no operator `{key}`.", nearest(key, OPERATORS))
            return None
    subject = fields["q"].value if "q" in fields else None
    if not isinstance(subject, str) or len(operators) != 1:
        _refuse_shape(node, report)
        return None
    if subject not in known.kinds:
        _refuse_subject(subject, fields["q"], known, report)
        return None
    return _compared(subject, operators[0], fields[operators[0]], known, report)


def _compared(subject: str, operator: str, constant: Node, known: Known, report: Report) -> Condition | None:
    kind = KINDS[known.kinds[subject]]
    value = constant.plain()
    if operator not in kind.operators:
        allowed = ", ".join(sorted(kind.operators))
        report.add("E206", constant, f"`{operator}` does not go with a {kind.name} question.", f"These do: {allowed}.")
        return None
    if operator == "answered":
        fault = None if isinstance(value, bool) else "true or false"
    else:
        fault = kind.constant_fault(known.questions.get(subject), operator, value)
    is_outcome = kind.name in ("guidance", "known_issues") and isinstance(value, str)
    if fault is not None:
        code = "E204" if is_outcome and operator != "answered" else "E010"
        report.add(code, constant, f"`{operator}` takes {fault}.", f"Write {fault}.")
        return None
    _refuse_unknown_options(subject, value, constant, known, report)
    return Leaf(subject, operator, value, kind.test(operator, value), kind.is_plain(operator, value))


def _refuse_unknown_options(subject: str, value: Json, node: Node, known: Known, report: Report) -> None:
    question = known.questions.get(subject)
    if question is None or not question.options:
        return
    ids = [option.id for option in question.options]
    allowed = {*ids, *(("other",) if question.other else ()), *_RESERVED.get(question.type, ())}
    for wanted in [value] if isinstance(value, str) else texts(value):
        if wanted not in allowed:
            report.add("E204", node, f"`{subject}` has no option `{wanted}`.", nearest(wanted, ids))


def _refuse_subject(subject: str, node: Node, known: Known, report: Report) -> None:
    if subject in known.everywhere:
        message = f"`{subject}` is not asked before this."
        report.add("E202", node, message, "Move it to an earlier place, or turn the condition round.")
    else:
        suggestion = nearest(subject, sorted({*known.kinds, *known.everywhere}), "Name a question or a context value.")
        report.add("E201", node, f"There is no question or context value `{subject}`.", suggestion)


def _refuse_shape(node: Node, report: Report) -> None:
    report.add(
        "E013", node, "A condition compares one question by one operator.", "Write it like `{q: blocked, is: stopped}`."
    )
