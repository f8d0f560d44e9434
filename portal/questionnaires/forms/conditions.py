"""Conditions in words: when a question is asked, as somebody would say it."""

from collections.abc import Callable, Mapping, Sequence

from flask_babel import gettext as _

from intake.conditions import AllOf, AnyOf, Condition, Leaf, Not
from intake.plain import Json
from portal.questionnaires.labels import Labels

_Comparison = Callable[[str, str], str]


def condition_words(condition: Condition, labels: Labels) -> str:
    """Return a condition as a sentence about the questions it looks at."""
    match condition:
        case Leaf():
            return _leaf(condition, labels, _COMPARISONS.get(condition.operator))
        case Not(Leaf() as leaf) if leaf.operator in _NEGATIONS:
            return _leaf(leaf, labels, _NEGATIONS[leaf.operator])
        case Not(part):
            return str(_("not so: %(condition)s", condition=_inner(part, labels)))
        case AllOf(parts):
            return _joined(parts, labels, lambda one, two: _("%(one)s, and %(two)s", one=one, two=two))
        case AnyOf(parts):
            return _joined(parts, labels, lambda one, two: _("%(one)s, or %(two)s", one=one, two=two))


def _joined(parts: Sequence[Condition], labels: Labels, join: Callable[[str, str], object]) -> str:
    words = [_inner(part, labels) for part in parts]
    said = words[0] if words else ""
    for each in words[1:]:
        said = str(join(said, each))
    return said


def _inner(condition: Condition, labels: Labels) -> str:
    """Return a part of a condition; one that is made of several stands in brackets."""
    words = condition_words(condition, labels)
    is_several = isinstance(condition, AllOf | AnyOf) and len(condition.parts) > 1
    return str(_("(%(condition)s)", condition=words)) if is_several else words


def _leaf(leaf: Leaf, labels: Labels, say: _Comparison | None) -> str:
    question = labels.questionnaire.questions.get(leaf.subject)
    subject = labels.question(question).plain if question else leaf.subject
    if say is None:
        said = _("“%(question)s” is answered", question=subject)
        return str(said if leaf.constant else _("“%(question)s” is not answered", question=subject))
    return str(say(subject, _constant(leaf, labels)))


def _constant(leaf: Leaf, labels: Labels) -> str:
    several = leaf.constant if isinstance(leaf.constant, list | tuple) else [leaf.constant]
    return " / ".join(_value(leaf.subject, each, labels) for each in several)


def _value(subject: str, value: Json, labels: Labels) -> str:
    question = labels.questionnaire.questions.get(subject)
    if question is not None and isinstance(value, str) and question.option(value):
        return labels.option(question, value).plain
    outcome = _OUTCOMES.get(value) if isinstance(value, str) and question and not question.options else None
    return str(outcome()) if outcome else str(value)


_COMPARISONS: Mapping[str, _Comparison] = {
    "is": lambda one, two: _("“%(question)s” is “%(answer)s”", question=one, answer=two),
    "in": lambda one, two: _("“%(question)s” is one of “%(answers)s”", question=one, answers=two),
    "any_of": lambda one, two: _("“%(question)s” names any of “%(answers)s”", question=one, answers=two),
    "all_of": lambda one, two: _("“%(question)s” names all of “%(answers)s”", question=one, answers=two),
    "gt": lambda one, two: _("“%(question)s” is more than %(number)s", question=one, number=two),
    "ge": lambda one, two: _("“%(question)s” is %(number)s or more", question=one, number=two),
    "lt": lambda one, two: _("“%(question)s” is less than %(number)s", question=one, number=two),
    "le": lambda one, two: _("“%(question)s” is %(number)s or less", question=one, number=two),
    "count_ge": lambda one, two: _("“%(question)s” has %(number)s entries or more", question=one, number=two),
    "count_le": lambda one, two: _("“%(question)s” has %(number)s entries or fewer", question=one, number=two),
    "in_range": lambda one, two: _("“%(question)s” is a version in %(range)s", question=one, range=two),
    "before": lambda one, two: _("“%(question)s” is before %(day)s", question=one, day=two),
    "after": lambda one, two: _("“%(question)s” is after %(day)s", question=one, day=two),
}
_NEGATIONS: Mapping[str, _Comparison] = {
    "is": lambda one, two: _("“%(question)s” is not “%(answer)s”", question=one, answer=two),
    "in": lambda one, two: _("“%(question)s” is none of “%(answers)s”", question=one, answers=two),
}
_OUTCOMES: Mapping[str, Callable[[], str]] = {
    "solved": lambda: _("It helped"),
    "not_solved": lambda: _("It did not help"),
    "skipped": lambda: _("Not tried"),
    "same": lambda: _("It is the same problem"),
    "different": lambda: _("It is another problem"),
    "none": lambda: _("Nobody else has reported it"),
}
