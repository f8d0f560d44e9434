"""Problems that others have reported, and whether one of them is this one."""

from collections.abc import Mapping
from datetime import date

from intake.answers import AnswerProblem, ProblemCode
from intake.conditions import Facts
from intake.kinds.base import Form, Kind, Part, PartRole, Read, clean, field_name, first, normalised, problem
from intake.plain import Json
from intake.questionnaire import Question

OUTCOMES = ("solved", "same", "different", "none")
NO_MATCH: Mapping[str, Json] = {"outcome": "none"}
"""What a snapshot keeps of the question where nothing matched, and nobody saw it."""


def was_shown(question: Question, answer: Json) -> bool:
    """Say whether a question was there to be answered: one about known issues isn't where nothing matched."""
    return question.type != KnownIssues.name or answer != NO_MATCH


class KnownIssues(Kind):
    """`{"issue": id, "outcome": "solved", "same", "different" or "none"}`.

    The outcome is posted under the question's field, the issue it is about under `q-<id>-issue`.
    """

    name = "known_issues"
    keys = frozenset({"match"})
    operators = frozenset({"is", "answered"})

    def parse(self, question: Question, form: Form) -> Read:
        """Return the issue and what the person said about it."""
        outcome = normalised(first(form, field_name(question)))
        issue = clean(first(form, f"{field_name(question)}-issue"))
        if not outcome:
            return None
        return {"issue": issue, "outcome": outcome} if issue and outcome != "none" else {"outcome": outcome}

    def check_answer(self, question: Question, answer: Json, context: Facts | None) -> list[AnswerProblem]:
        """Refuse an outcome that does not exist, and one that is about no issue."""
        given = answer if isinstance(answer, Mapping) else {}
        is_known = given.get("outcome") in OUTCOMES and (given["outcome"] == "none" or given.get("issue"))
        return [] if is_known else [problem(question, ProblemCode.NOT_AN_OPTION)]

    def fits(self, answer: Json) -> bool:
        """Say whether a JSON value tells an outcome."""
        if not isinstance(answer, Mapping) or "outcome" not in answer:
            return False
        return all(key in ("issue", "outcome") and isinstance(value, str) for key, value in answer.items())

    def fact(self, question: Question, answer: Json) -> Json:
        """Return the outcome."""
        return answer["outcome"] if isinstance(answer, Mapping) and self.fits(answer) else None

    def holds(self, operator: str, answer: Json, constant: Json, today: date) -> bool:
        """Compare the outcome."""
        return answer == constant if operator == "is" else super().holds(operator, answer, constant, today)

    def constant_fault(self, question: Question | None, operator: str, constant: Json) -> str | None:
        """Say why a constant is no outcome."""
        return None if constant in OUTCOMES else "solved, same, different or none"

    def describe_answer(self, question: Question, answer: Json) -> tuple[Part, ...]:
        """Return the issue and the outcome."""
        given = answer if isinstance(answer, Mapping) else {}
        issue = [Part(PartRole.ISSUE, str(given["issue"]))] if given.get("issue") else []
        return (*issue, Part(PartRole.OUTCOME, str(given["outcome"])))
