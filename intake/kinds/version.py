"""The version of a product."""

import re
from datetime import date
from functools import lru_cache

from intake import versions
from intake.answers import ProblemCode
from intake.conditions import AnswerTest
from intake.kinds.base import Form, Kind, Read, field_name, first, normalised, problem
from intake.plain import Json
from intake.questionnaire import Question

_VERSION = re.compile(r"[^\W_][\w.+~:\- ]{0,79}")
_LABEL = re.compile(r"^(?:version|ver\.?|v\.?|版本号?|版本號)\s*[:：]?\s*(?=\d)", re.IGNORECASE)


class Version(Kind):
    """A version such as 5.5.1; a "V" before it and full-width digits are understood."""

    name = "version"
    operators = frozenset({"in_range", "is", "answered"})

    def parse(self, question: Question, form: Form) -> Read:
        """Return the version as the vendor writes it, without a label before it."""
        text = _LABEL.sub("", normalised(first(form, field_name(question))))
        if not text:
            return None
        is_version = _VERSION.fullmatch(text) and any(map(str.isdigit, text))
        return text if is_version else (problem(question, ProblemCode.NOT_A_VERSION),)

    def holds(self, operator: str, answer: Json, constant: Json, today: date) -> bool:
        """Say whether the version lies in a range, or is a certain one; what cannot be read is neither."""
        return self.test(operator, constant)(answer, today)

    def test(self, operator: str, constant: Json) -> AnswerTest:
        """Return the comparison, with its version or range read once."""
        text = str(constant)
        if operator == "in_range":
            wanted = versions.parse_range(text)
            return lambda answer, _: (
                wanted is not None and (read := _read(answer)) is not None and wanted.contains(read)
            )
        if operator == "is":
            exact = versions.parse(text)
            return lambda answer, _: answer == constant or (exact is not None and _read(answer) == exact)
        return lambda answer, _: operator == "answered" and (answer is not None) == bool(constant)

    def constant_fault(self, question: Question | None, operator: str, constant: Json) -> str | None:
        """Say why a constant is no version, or no range of versions."""
        if operator == "in_range":
            is_readable = isinstance(constant, str) and versions.parse_range(constant) is not None
            return None if is_readable else 'a range of versions such as "<5.6.3"'
        return None if isinstance(constant, str) and versions.parse(constant) else 'a version such as "5.6.2"'


def _read(answer: Json) -> versions.Version | None:
    return _read_text(answer) if isinstance(answer, str) else None


@lru_cache(maxsize=1024)
def _read_text(text: str) -> versions.Version | None:
    return versions.parse(text)
