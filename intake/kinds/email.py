"""An e-mail address."""

import re

from intake.answers import ProblemCode
from intake.kinds.base import Form, Kind, Read, field_name, first, normalised, problem
from intake.questionnaire import Question

_EMAIL = re.compile(r"[^\s@<>(),;:\"]{1,64}@[^\s@<>(),;:\"]{1,253}")


class Email(Kind):
    """An e-mail address; kept as it is, never masked."""

    name = "email"

    def parse(self, question: Question, form: Form) -> Read:
        """Return the address with the domain in small letters."""
        text = normalised(first(form, field_name(question)))
        if not text:
            return None
        local, _, domain = text.rpartition("@")
        is_address = _EMAIL.fullmatch(text) is not None and "." in domain.strip(".")
        return f"{local}@{domain.lower()}" if is_address else (problem(question, ProblemCode.NOT_AN_EMAIL),)
