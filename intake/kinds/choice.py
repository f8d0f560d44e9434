"""One of several options, with "something else" where the question allows it."""

from collections.abc import Collection, Mapping
from datetime import date

from intake.answers import AnswerProblem, ProblemCode
from intake.conditions import Facts, evaluate
from intake.kinds.base import (
    Form,
    Kind,
    Part,
    PartRole,
    Read,
    clean,
    field_name,
    first,
    list_fault,
    normalised,
    problem,
)
from intake.kinds.typed_text import masked
from intake.plain import Json
from intake.questionnaire import Question

OTHER = "other"


class Choice(Kind):
    """One option; where `other` is set, `{"other": "..."}` for a text of one's own."""

    name = "choice"
    keys = frozenset({"options", "other"})
    needs = frozenset({"options"})
    operators = frozenset({"is", "in", "answered"})

    def parse(self, question: Question, form: Form) -> Read:
        """Return the id of the chosen option, or the typed text of "something else"."""
        chosen = normalised(first(form, field_name(question)))
        if question.other and question.option(OTHER) is None and chosen == OTHER:
            typed = clean(first(form, f"{field_name(question)}-other"))
            return {"other": typed} if typed else (problem(question, ProblemCode.OTHER_IS_EMPTY, "other"),)
        return chosen or None

    def check_answer(self, question: Question, answer: Json, context: Facts | None) -> list[AnswerProblem]:
        """Refuse what is not among the options that are shown."""
        if isinstance(answer, Mapping):
            return [] if question.other else [problem(question, ProblemCode.NOT_AN_OPTION)]
        return [] if is_offered(question, str(answer), context) else [problem(question, ProblemCode.NOT_AN_OPTION)]

    def fits(self, answer: Json) -> bool:
        """Say whether a JSON value is an option id or a text of one's own."""
        if isinstance(answer, Mapping):
            return set(answer) == {"other"} and isinstance(answer["other"], str) and bool(answer["other"])
        return isinstance(answer, str) and bool(answer)

    def holds(self, operator: str, answer: Json, constant: Json, today: date) -> bool:
        """Compare the option's id; a text of one's own is `other`."""
        chosen = OTHER if isinstance(answer, Mapping) else answer
        if operator == "is":
            return chosen == constant
        if operator == "in":
            return isinstance(constant, list | tuple) and chosen in constant
        return super().holds(operator, answer, constant, today)

    def is_plain(self, operator: str, constant: Json) -> bool:
        """Say whether only ids are compared; words of one's own count as `other`."""
        if operator == "is":
            return isinstance(constant, str) and constant != OTHER
        return operator == "in" and isinstance(constant, list) and OTHER not in constant

    def constant_fault(self, question: Question | None, operator: str, constant: Json) -> str | None:
        """Say why a constant cannot stand behind `is` or `in`."""
        if operator == "in":
            return list_fault(constant)
        return None if isinstance(constant, str) else "an option's id"

    def describe_answer(self, question: Question, answer: Json) -> tuple[Part, ...]:
        """Return the option's text, or what was typed instead."""
        if isinstance(answer, Mapping):
            return (Part(PartRole.OTHER, str(answer["other"])),)
        return (option_part(question, str(answer)),)

    def redacted(self, answer: Json, keep: Collection[str] = ()) -> Json:
        """Return the answer with secrets masked in a text of one's own."""
        if isinstance(answer, Mapping) and isinstance(answer.get("other"), str):
            return {"other": masked(str(answer["other"]), keep)}
        return answer


def is_offered(question: Question, option_id: str, context: Facts | None) -> bool:
    """Say whether an option exists and, given the other answers, is shown."""
    option = question.option(option_id)
    if option is None:
        return False
    return context is None or option.show_if is None or evaluate(option.show_if, context)


def option_part(question: Question, option_id: str) -> Part:
    """Return the described form of a chosen option."""
    option = question.option(option_id)
    if option is None:
        return Part(PartRole.TYPED, option_id)
    return Part(PartRole.OPTION, option.text, f"options.{option_id}")
