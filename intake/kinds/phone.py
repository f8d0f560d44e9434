"""A telephone number."""

import re

from intake.answers import ProblemCode
from intake.kinds.base import Form, Kind, Read, field_name, first, normalised, problem
from intake.questionnaire import Question

_PHONE = re.compile(r"(\+?[\d()\s./-]{3,30}?)(?:\s?(?:ext\.?|x|#|转|轉|分机|分機)\s?(\d{1,8}))?", re.IGNORECASE)
_SEPARATORS = re.compile(r"[()\s./-]+")


class Phone(Kind):
    """A telephone number with an optional extension; kept as the person may be called, never masked."""

    name = "phone"

    def parse(self, question: Question, form: Form) -> Read:
        """Return the number with one kind of separator."""
        text = normalised(first(form, field_name(question)))
        if not text:
            return None
        number = phone_from(text)
        return (problem(question, ProblemCode.NOT_A_PHONE),) if number is None else number


def phone_from(text: str) -> str | None:
    """Return a telephone number in its normal spelling, or None: digits, single hyphens, an extension after "ext."."""
    found = _PHONE.fullmatch(text) if len(text) <= 60 else None
    if found is None:
        return None
    number = _SEPARATORS.sub("-", found[1]).strip("-")
    if not 3 <= sum(map(str.isdigit, number)) <= 20:
        return None
    return f"{number} ext. {found[2]}" if found[2] else number
