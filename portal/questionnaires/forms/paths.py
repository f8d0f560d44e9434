"""All paths through a questionnaire in words: each question, when it is asked, and the shortest way there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from intake.checking import Met, Reach
from intake.conditions import Condition
from intake.kinds import PartRole, kind_of
from intake.plain import Json
from intake.questionnaire import Page, Question
from portal.questionnaires.forms.conditions import condition_words
from portal.questionnaires.labels import Label, Labels

Reached = Mapping[str, tuple[Met, Met]]


@dataclass(frozen=True, slots=True)
class QuestionPath:
    """One question: when it is asked, and the shortest answers that lead to it."""

    question: Question
    label: Label
    when: str
    """Empty where it is asked on every path on which its page is shown."""
    way: str

    @property
    def is_sometimes(self) -> bool:
        """Whether it is asked after certain answers alone."""
        return bool(self.when)


@dataclass(frozen=True, slots=True)
class PagePath:
    """One page: when it is shown, and its questions."""

    page: Page
    label: Label
    when: str
    questions: Sequence[QuestionPath]

    @property
    def is_sometimes(self) -> bool:
        """Whether it is shown after certain answers alone."""
        return bool(self.when) or all(each.is_sometimes for each in self.questions)


def paths_of(labels: Labels, reached: Reached) -> list[PagePath]:
    """Return every page in order with everything that decides whether it is shown."""
    return [_page(page, labels, reached) for page in labels.questionnaire.pages]


def _page(page: Page, labels: Labels, reached: Reached) -> PagePath:
    asked = [
        QuestionPath(each, labels.question(each), _when(each.ask_if, labels), _way(reached[each.id], page, labels))
        for each in page.questions
    ]
    return PagePath(page, labels.page(page), _when(page.ask_if, labels), asked)


def _when(condition: Condition | None, labels: Labels) -> str:
    return condition_words(condition, labels) if condition is not None else ""


def _way(met: tuple[Met, Met], page: Page, labels: Labels) -> str:
    """Return the shortest answers with which a question is asked, on the lane that its page belongs to."""
    normal, emergency = met
    found = emergency if page.only else normal
    if found.reach is Reach.NO:
        return str(_("Nobody can be asked this."))
    if found.reach is Reach.NOT_PROVEN:
        return str(_("Too many paths to try them all."))
    answers = found.answers or {}
    if not answers:
        return str(_("Nothing needs to be answered before."))
    steps = [_answered(question_id, answer, labels) for question_id, answer in answers.items()]
    return " → ".join(steps)


def _answered(question_id: str, answer: Json, labels: Labels) -> str:
    question = labels.questionnaire.questions.get(question_id)
    if question is None:
        return str(_("“%(question)s”: %(answer)s", question=question_id, answer=answer))
    parts = [_part(each.role, labels.part(question, each)) for each in kind_of(question).describe(question, answer)]
    asked = labels.question(question).plain
    return str(_("“%(question)s”: %(answer)s", question=asked, answer=" · ".join(parts)))


def _part(role: PartRole, label: Label) -> str:
    words = {
        "solved": lambda: _("It helped"),
        "not_solved": lambda: _("It did not help"),
        "skipped": lambda: _("Not tried"),
    }
    if role is PartRole.UNKNOWN:
        return str(_("I do not know"))
    return str(words[label.text]()) if role is PartRole.SOLVED and label.text in words else label.plain
