"""A number, whole or decimal, within limits."""

import math
import re
from datetime import date

from intake.answers import AnswerProblem, ProblemCode
from intake.conditions import Facts
from intake.kinds.base import Form, Kind, Part, PartRole, Read, field_name, first, normalised, problem
from intake.plain import Json
from intake.questionnaire import Question

_DECIMAL = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,10})?")
_GROUPS = re.compile(r"(?<=\d)[,\u00a0 ](?=\d{3}(?!\d))")


class Number(Kind):
    """A number; the unit is part of the question, not of the answer."""

    name = "number"
    keys = frozenset({"min", "max", "unit"})
    operators = frozenset({"gt", "ge", "lt", "le", "is", "answered"})

    def parse(self, question: Question, form: Form) -> Read:
        """Return what was typed as a number; full-width digits and grouped thousands are understood."""
        text = normalised(first(form, field_name(question)))
        if not text:
            return None
        number = number_from(text)
        return (problem(question, ProblemCode.NOT_A_NUMBER),) if number is None else number

    def check_answer(self, question: Question, answer: Json, context: Facts | None) -> list[AnswerProblem]:
        """Refuse a number outside the limits."""
        if not isinstance(answer, int | float):
            return []
        if question.min is not None and answer < question.min:
            return [problem(question, ProblemCode.TOO_SMALL, min=question.min)]
        if question.max is not None and answer > question.max:
            return [problem(question, ProblemCode.TOO_LARGE, max=question.max)]
        return []

    def fits(self, answer: Json) -> bool:
        """Say whether a JSON value is a finite number."""
        if isinstance(answer, float):
            return math.isfinite(answer)
        return isinstance(answer, int) and not isinstance(answer, bool)

    def holds(self, operator: str, answer: Json, constant: Json, today: date) -> bool:
        """Compare two numbers."""
        if operator == "answered":
            return super().holds(operator, answer, constant, today)
        number = number_from(constant) if isinstance(constant, str) else constant
        if not isinstance(answer, int | float) or not isinstance(number, int | float):
            return False
        sign = (answer > number) - (answer < number)
        return sign in {"gt": (1,), "ge": (0, 1), "lt": (-1,), "le": (-1, 0), "is": (0,)}.get(operator, ())

    def constant_fault(self, question: Question | None, operator: str, constant: Json) -> str | None:
        """Say why a constant is no number; decimals are written in quotes."""
        number = number_from(constant) if isinstance(constant, str) else constant
        return None if self.fits(number) else 'a number (decimals in quotes: "1.5")'

    def describe_answer(self, question: Question, answer: Json) -> tuple[Part, ...]:
        """Return the number; its unit is the question's."""
        return (Part(PartRole.NUMBER, str(answer)),)


def number_from(text: str) -> int | float | None:
    """Return the number a text spells, or None."""
    plain = _GROUPS.sub("", text) if len(text) <= 40 else text
    if _DECIMAL.fullmatch(plain) is None:
        return None
    number = float(plain)
    return int(plain) if "." not in plain else int(number) if number.is_integer() else number
