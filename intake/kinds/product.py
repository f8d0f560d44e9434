"""A product, by its code in the catalogue."""

from intake.answers import AnswerProblem, ProblemCode
from intake.conditions import Facts
from intake.kinds.base import Form, Read, field_name, first, normalised, problem
from intake.kinds.choice import Choice, is_offered
from intake.plain import Json
from intake.questionnaire import Question


class Product(Choice):
    """A product code; `other` and `unknown` are reserved. Without options any code of the catalogue is taken."""

    name = "product"
    keys = frozenset({"options"})
    needs = frozenset()

    def parse(self, question: Question, form: Form) -> Read:
        """Return the chosen code."""
        return normalised(first(form, field_name(question))) or None

    def check_answer(self, question: Question, answer: Json, context: Facts | None) -> list[AnswerProblem]:
        """Refuse a code that is not among the options, where the questionnaire lists them."""
        if not question.options or is_offered(question, str(answer), context):
            return []
        return [problem(question, ProblemCode.NOT_AN_OPTION)]

    def fits(self, answer: Json) -> bool:
        """Say whether a JSON value is a code."""
        return isinstance(answer, str) and bool(answer)
