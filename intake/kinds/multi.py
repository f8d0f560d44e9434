"""Several of several options."""

from datetime import date

from intake.answers import AnswerProblem, ProblemCode
from intake.conditions import Facts
from intake.kinds.base import Form, Kind, Part, Read, field_name, list_fault, normalised, problem, texts
from intake.kinds.choice import is_offered, option_part
from intake.plain import Json
from intake.questionnaire import Question


class Multi(Kind):
    """A list of option ids, each once, in the order of the options."""

    name = "multi"
    keys = frozenset({"options"})
    needs = frozenset({"options"})
    operators = frozenset({"any_of", "all_of", "answered"})

    def parse(self, question: Question, form: Form) -> Read:
        """Return the ids of the ticked options, in the order in which the questionnaire lists them."""
        ticked = {chosen for value in form.get(field_name(question), ()) if (chosen := normalised(value))}
        known = [option.id for option in question.options if option.id in ticked]
        return [*known, *sorted(ticked.difference(known))] or None

    def check_answer(self, question: Question, answer: Json, context: Facts | None) -> list[AnswerProblem]:
        """Refuse a list with anything that is not among the options that are shown."""
        missing = [chosen for chosen in texts(answer) if not is_offered(question, chosen, context)]
        return [problem(question, ProblemCode.NOT_AN_OPTION)] if missing else []

    def fits(self, answer: Json) -> bool:
        """Say whether a JSON value is a list of option ids, each once."""
        chosen = texts(answer)
        return isinstance(answer, list) and 0 < len(answer) == len(chosen) == len(set(chosen))

    def holds(self, operator: str, answer: Json, constant: Json, today: date) -> bool:
        """Say whether any or all of the options of the constant are ticked."""
        if operator == "any_of":
            return not set(texts(answer)).isdisjoint(texts(constant))
        if operator == "all_of":
            return set(texts(answer)).issuperset(texts(constant))
        return super().holds(operator, answer, constant, today)

    def constant_fault(self, question: Question | None, operator: str, constant: Json) -> str | None:
        """Say why a constant is no list of option ids."""
        return list_fault(constant)

    def describe_answer(self, question: Question, answer: Json) -> tuple[Part, ...]:
        """Return the text of each ticked option."""
        return tuple(option_part(question, chosen) for chosen in texts(answer))
