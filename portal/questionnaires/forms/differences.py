"""What a new version of a questionnaire changes, in words."""

from collections.abc import Callable, Mapping, Sequence

from flask_babel import gettext as _

from intake.migration import Difference, DifferenceKind
from intake.questionnaire import Question
from portal.questionnaires.labels import Labels

_Words = Callable[[str, str], str]


def difference_words(difference: Difference, old: Labels, new: Labels) -> str:
    """Return one difference as a sentence; it names the question as the reader of the older version knows it."""
    is_new = difference.kind is DifferenceKind.ADDITIVE and difference.detail == "question"
    labels = new if is_new else old
    question = labels.questionnaire.questions.get(difference.question_id)
    name = labels.question(question).plain if question else difference.question_id
    if is_new:
        return str(_("“%(question)s” is asked now.", question=name))
    detail = difference.detail
    if detail.startswith("options."):
        return _of_option(difference, name, question, detail.partition(".")[2], (old, new))
    if difference.kind is DifferenceKind.OPTION_REMOVED and question:
        detail = old.option(question, detail).plain
    return str(_WORDS[difference.kind](name, detail))


def changed_questions(differences: Sequence[Difference], old: Labels, new: Labels) -> list[str]:
    """Return one line for each question that has changed, for somebody who had begun to answer."""
    kinds: dict[str, list[Difference]] = {}
    for each in differences:
        kinds.setdefault(each.question_id, []).append(each)
    return [_changed(found, old, new) for found in kinds.values()]


def _changed(found: Sequence[Difference], old: Labels, new: Labels) -> str:
    first = found[0]
    if first.kind is DifferenceKind.QUESTION_REMOVED or first.detail == "question":
        return difference_words(first, old, new)
    question = old.questionnaire.questions.get(first.question_id)
    name = old.question(question).plain if question else first.question_id
    return str(_("“%(question)s” has changed.", question=name))


def _of_option(
    difference: Difference, name: str, question: Question | None, option_id: str, labels: tuple[Labels, Labels]
) -> str:
    old, new = labels
    if difference.kind is DifferenceKind.TEXT and question:
        option = old.option(question, option_id).plain
        return str(_("“%(question)s”: the answer “%(option)s” is worded differently.", question=name, option=option))
    follower = new.questionnaire.questions.get(difference.question_id)
    option = new.option(follower, option_id).plain if follower else option_id
    return str(_("“%(question)s” has a new answer: “%(option)s”.", question=name, option=option))


def _field(detail: str) -> str:
    words: Mapping[str, Callable[[], str]] = {
        "hint": lambda: _("the hint"),
        "why": lambda: _("why we ask"),
        "unit": lambda: _("the unit"),
        "allow_none": lambda: _("how to say that there was none"),
        "solved": lambda: _("how it asks whether it helped"),
        "required": lambda: _("whether it must be answered"),
        "allow_unknown": lambda: _("whether “I do not know” is an answer"),
        "ask_if": lambda: _("when it is asked"),
        "other": lambda: _("whether something else may be written"),
        "prefill": lambda: _("what is filled in beforehand"),
    }
    found = words.get(detail)
    return str(found() if found else detail)


_WORDS: Mapping[DifferenceKind, _Words] = {
    DifferenceKind.TEXT: lambda name, detail: (
        _("“%(question)s” is worded differently.", question=name)
        if detail == "text"
        else _("“%(question)s”: %(what)s is worded differently.", question=name, what=_field(detail))
    ),
    DifferenceKind.ADDITIVE: lambda name, detail: _(
        "“%(question)s”: %(what)s has changed.", question=name, what=_field(detail)
    ),
    DifferenceKind.OPTION_REMOVED: lambda name, detail: _(
        "“%(question)s” no longer has the answer “%(option)s”.", question=name, option=detail
    ),
    DifferenceKind.TYPE_CHANGED: lambda name, detail: _(
        "“%(question)s” asks for another kind of answer (%(kinds)s).", question=name, kinds=detail
    ),
    DifferenceKind.QUESTION_REMOVED: lambda name, _detail: _("“%(question)s” is no longer asked.", question=name),
}
