"""A day of the calendar."""

import re
from datetime import date, timedelta

from intake.answers import ProblemCode
from intake.kinds.base import Form, Kind, Part, PartRole, Read, field_name, first, normalised, problem
from intake.plain import Json
from intake.questionnaire import Question

_DAY = re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?日?")
_RELATIVE = re.compile(r"([+-]?)(\d{1,4})([dw])")


class Date(Kind):
    """A day, as 2026-11-21; the ways to write it in Chinese are understood."""

    name = "date"
    operators = frozenset({"before", "after", "answered"})

    def parse(self, question: Question, form: Form) -> Read:
        """Return the typed day in its ISO form."""
        text = normalised(first(form, field_name(question)))
        if not text:
            return None
        day = day_from(text)
        return (problem(question, ProblemCode.NOT_A_DATE),) if day is None else day.isoformat()

    def fits(self, answer: Json) -> bool:
        """Say whether a JSON value is a day in its ISO form."""
        return isinstance(answer, str) and (day := day_from(answer)) is not None and day.isoformat() == answer

    def holds(self, operator: str, answer: Json, constant: Json, today: date) -> bool:
        """Say whether the day lies before or after another; `-7d` is seven days before today."""
        if operator == "answered":
            return super().holds(operator, answer, constant, today)
        given = day_from(answer) if isinstance(answer, str) else None
        limit = constant_day(constant, today)
        if given is None or limit is None:
            return False
        return given < limit if operator == "before" else operator == "after" and given > limit

    def constant_fault(self, question: Question | None, operator: str, constant: Json) -> str | None:
        """Say why a constant is neither a day nor so many days from today."""
        is_day = constant_day(constant, date(2000, 1, 1)) is not None
        return None if is_day else 'a day such as "2026-11-21", or so many days from today such as "-7d"'

    def describe_answer(self, question: Question, answer: Json) -> tuple[Part, ...]:
        """Return the day; the page writes it in the reader's way."""
        return (Part(PartRole.DATE, str(answer)),)


def day_from(text: str) -> date | None:
    """Return the day a text spells, or None."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def constant_day(constant: Json, today: date) -> date | None:
    """Return the day a constant of a condition means, or None; relative ones count from today."""
    if not isinstance(constant, str):
        return None
    relative = _RELATIVE.fullmatch(constant)
    if relative is None:
        return day_from(constant)
    days = int(relative[2]) * (7 if relative[3] == "w" else 1)
    try:
        return today + timedelta(days=-days if relative[1] == "-" else days)
    except OverflowError:
        return None
