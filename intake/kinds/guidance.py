"""A step to try, what was really done, and whether it helped."""

from collections.abc import Mapping
from datetime import date

from intake.answers import AnswerProblem, ProblemCode
from intake.conditions import Facts
from intake.kinds.base import Form, Kind, Part, PartRole, Read, field_name, first, normalised, problem
from intake.plain import Json
from intake.questionnaire import Option, Question

SOLVED = {"yes": "solved", "no": "not_solved", "skipped": "skipped"}


class Guidance(Kind):
    """`{"pressed": option id, "solved": "yes", "no" or "skipped"}`.

    A wrong choice in `q-<id>-pressed` is refused once, so that the page can explain it and the person can try again;
    the page then sends `q-<id>-tried`, and the next answer is taken as it is.
    """

    name = "guidance"
    keys = frozenset({"confirm", "solved"})
    operators = frozenset({"is", "answered"})

    def parse(self, question: Question, form: Form) -> Read:
        """Return what was pressed and whether it helped."""
        name = field_name(question)
        posted = {part: normalised(first(form, f"{name}-{part}")) for part in ("pressed", "solved")}
        answer = {part: value for part, value in posted.items() if value}
        pressed = confirm_option(question, answer.get("pressed"))
        is_wrong = pressed is not None and not pressed.ok and answer.get("solved") != "yes"
        if pressed is not None and is_wrong and not first(form, f"{name}-tried"):
            return (problem(question, ProblemCode.NOT_PRESSED_RIGHT, "pressed", option=pressed.id),)
        return answer or None

    def check_answer(self, question: Question, answer: Json, context: Facts | None) -> list[AnswerProblem]:
        """Refuse what is not among the options."""
        given = answer if isinstance(answer, Mapping) else {}
        problems = []
        if "pressed" in given and confirm_option(question, given["pressed"]) is None:
            problems.append(problem(question, ProblemCode.NOT_AN_OPTION, "pressed"))
        if given.get("solved", "yes") not in SOLVED:
            problems.append(problem(question, ProblemCode.NOT_AN_OPTION, "solved"))
        return problems

    def fits(self, answer: Json) -> bool:
        """Say whether a JSON value tells what was pressed or whether it helped."""
        if not isinstance(answer, Mapping) or not answer:
            return False
        return all(key in ("pressed", "solved") and isinstance(value, str) for key, value in answer.items())

    def fact(self, question: Question, answer: Json) -> Json:
        """Return solved, not_solved or skipped."""
        if not isinstance(answer, Mapping) or not self.fits(answer):
            return None
        return SOLVED.get(str(answer.get("solved", "skipped")))

    def holds(self, operator: str, answer: Json, constant: Json, today: date) -> bool:
        """Compare what came of the step."""
        return answer == constant if operator == "is" else super().holds(operator, answer, constant, today)

    def constant_fault(self, question: Question | None, operator: str, constant: Json) -> str | None:
        """Say why a constant is not what can come of a step."""
        return None if constant in SOLVED.values() else "solved, not_solved or skipped"

    def describe_answer(self, question: Question, answer: Json) -> tuple[Part, ...]:
        """Return what was pressed and whether it helped."""
        given = answer if isinstance(answer, Mapping) else {}
        pressed = confirm_option(question, given.get("pressed"))
        parts = [Part(PartRole.PRESSED, pressed.text, f"confirm.options.{pressed.id}")] if pressed else []
        return (*parts, Part(PartRole.SOLVED, str(self.fact(question, answer))))


def confirm_option(question: Question, option_id: Json) -> Option | None:
    """Return the option of "what did you press?" with this id, or None."""
    options = question.confirm.options if question.confirm else ()
    return next((option for option in options if option.id == option_id), None)
