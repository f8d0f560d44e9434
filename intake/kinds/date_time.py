"""A day with a time."""

import re
from datetime import date, datetime

from intake.answers import ProblemCode
from intake.kinds.base import Form, Kind, Part, PartRole, Read, field_name, first, normalised, problem
from intake.kinds.date import constant_day, day_from
from intake.plain import Json
from intake.questionnaire import Question

_CLOCK = re.compile(r"(\d{1,2})[:点时]\s?(\d{1,2})?(?::(\d{2})(?:\.\d{1,6})?)?分?")
_OFFSET = re.compile(r"Z|[+-]\d{2}:?\d{2}")


class DateTime(Kind):
    """A moment, as 2026-11-21T09:05:00+08:00; the field `q-<id>-zone` may bring the offset of the person's clock."""

    name = "datetime"
    operators = frozenset({"before", "after", "answered"})

    def parse(self, question: Question, form: Form) -> Read:
        """Return the typed moment in its ISO form, with the offset where one is known."""
        text = normalised(first(form, field_name(question)))
        if not text:
            return None
        moment = moment_from(text, normalised(first(form, f"{field_name(question)}-zone")))
        return (problem(question, ProblemCode.NOT_A_MOMENT),) if moment is None else moment.isoformat()

    def fits(self, answer: Json) -> bool:
        """Say whether a JSON value is a moment in its ISO form."""
        return isinstance(answer, str) and moment_from(answer) is not None

    def holds(self, operator: str, answer: Json, constant: Json, today: date) -> bool:
        """Say whether the moment lies before or after another, or on an earlier or later day than one."""
        if operator == "answered":
            return super().holds(operator, answer, constant, today)
        given = moment_from(answer) if isinstance(answer, str) else None
        if given is None or not isinstance(constant, str):
            return False
        day = constant_day(constant, today)
        sign = _sign(given.date(), day) if day is not None else _moment_sign(given, moment_from(constant))
        return sign == {"before": -1, "after": 1}.get(operator)

    def constant_fault(self, question: Question | None, operator: str, constant: Json) -> str | None:
        """Say why a constant is neither a moment, a day nor so many days from today."""
        if isinstance(constant, str) and (constant_day(constant, date(2000, 1, 1)) or moment_from(constant)):
            return None
        return 'a day such as "2026-11-21", a moment such as "2026-11-21T09:05:00+08:00", or "-7d"'

    def describe_answer(self, question: Question, answer: Json) -> tuple[Part, ...]:
        """Return the moment; the page writes it in the reader's way."""
        return (Part(PartRole.MOMENT, str(answer)),)


def moment_from(text: str, offset: str = "") -> datetime | None:
    """Return the moment a text spells, with the given offset from UTC where the text has none, or None."""
    days, _, clock = text.strip().replace("T", " ").rpartition(" ")
    zone = _OFFSET.search(clock)
    found = _CLOCK.fullmatch(clock[: zone.start()] if zone else clock)
    day = day_from(days.strip())
    if found is None or day is None:
        return None
    spelled = f"{day.isoformat()}T{int(found[1]):02}:{int(found[2] or 0):02}:{int(found[3] or 0):02}"
    known_offset = zone[0] if zone else offset if _OFFSET.fullmatch(offset) else ""
    try:
        return datetime.fromisoformat(spelled + known_offset)
    except ValueError:
        return None


def _moment_sign(given: datetime, limit: datetime | None) -> int | None:
    if limit is None:
        return None
    if given.tzinfo is None or limit.tzinfo is None:
        return _sign(given.replace(tzinfo=None), limit.replace(tzinfo=None))
    return _sign(given, limit)


def _sign(given: date, limit: date) -> int:
    return (given > limit) - (given < limit)
