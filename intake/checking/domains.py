"""The answers worth trying for a question: every option, and both sides of every constant it is compared with."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise

from intake.conditions import Leaf
from intake.kinds.base import texts
from intake.kinds.date import constant_day
from intake.kinds.guidance import SOLVED
from intake.kinds.known_issues import OUTCOMES
from intake.kinds.number import number_from
from intake.kinds.steps import MOST_ROWS
from intake.plain import Json
from intake.questionnaire import Question

MOST_NAMED_OPTIONS = 8
MOST_DAYS = 30
DAY = date(2026, 1, 15)
"""The day on which relative dates are tried where no absolute one stands beside them; any day would do."""

_SAMPLES: dict[str, Json] = {
    "text": "words",
    "longtext": "words",
    "phone": "021-5550100",
    "email": "someone@example.org",
    "version": "1.0",
    "date": DAY.isoformat(),
    "datetime": f"{DAY.isoformat()}T12:00:00",
    "number": 1,
    "product": "code",
    "module": "code",
    "choice": "code",
    "error_text": {"text": "words"},
}
_VERSION_TOKEN = re.compile(r"\d[\w.]*(?:-\w[\w.]*)?")
_ROW = {"did": "words"}
_FILE = {"id": "f", "name": "f.png", "type": "image/png", "size": 1, "sha256": "0" * 64}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One answer worth trying, and the fact it makes. `option` is the chosen option where there is one."""

    fact: Json
    answer: Json
    option: str | None = None


class TooManyError(Exception):
    """There are more combinations than the budget allows."""


def candidates(kind: str, question: Question | None, compared: Sequence[Leaf], today: date) -> list[Candidate]:
    """Return the answers worth trying on a day, given the comparisons that look at them."""
    constants = [leaf.constant for leaf in compared if leaf.operator != "answered"]
    tried = _TRIED.get(kind, _options if question is not None and question.options else _free)
    return list(tried(_Asked(kind, question, constants, today)))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is known when answers are thought up: the kind, the question, the constants compared with, the day."""

    kind: str
    question: Question | None
    constants: Sequence[Json]
    today: date


def _options(asked: _Asked) -> Iterator[Candidate]:
    for option in asked.question.options if asked.question is not None else ():
        yield Candidate(option.id, option.id, option.id)
    if asked.question is not None and asked.question.other:
        own_words = {"other": "words"}
        yield Candidate(own_words, own_words)


def _free(asked: _Asked) -> Iterator[Candidate]:
    sample = _SAMPLES[asked.kind]
    yield Candidate(sample, sample)
    for constant in asked.constants:
        for text in [constant] if isinstance(constant, str) else texts(constant):
            yield Candidate(text, text)


def _selections(asked: _Asked) -> Iterator[Candidate]:
    ids = [option.id for option in asked.question.options] if asked.question is not None else []
    mentioned = {option for constant in asked.constants for option in texts(constant)}
    named = [option for option in ids if option in mentioned]
    others = [option for option in ids if option not in mentioned][:1]
    if len(named) > MOST_NAMED_OPTIONS:
        raise TooManyError
    for size in range(len(named) + 1):
        for chosen in combinations(named, size):
            ticked = list(chosen) or others
            if ticked:
                yield Candidate(ticked, ticked)


def _outcomes_of_guidance(asked: _Asked) -> Iterator[Candidate]:
    confirm = asked.question.confirm if asked.question is not None else None
    right = [option.id for option in confirm.options if option.ok] if confirm is not None else []
    for posted, outcome in SOLVED.items():
        pressed = {"pressed": right[0]} if right and outcome != "skipped" else {}
        yield Candidate(outcome, {**pressed, "solved": posted})


def _outcomes_of_known_issues(_asked: _Asked) -> Iterator[Candidate]:
    """Yield the outcomes; "none" comes first, for it is what holds when nothing is answered."""
    yield Candidate("none", {"outcome": "none"}, "none")
    for outcome in OUTCOMES:
        if outcome != "none":
            yield Candidate(outcome, {"issue": "issue", "outcome": outcome}, outcome)


def _rows(asked: _Asked) -> Iterator[Candidate]:
    least, most = _limits(asked)
    around = {least}
    for constant in asked.constants:
        if isinstance(constant, int):
            around.update((constant - 1, constant, constant + 1))
    for count in sorted(around):
        if least <= count <= most:
            numbered = [{**_FILE, "id": f"f{number}"} for number in range(count)]
            rows = numbered if asked.kind == "files" else [dict(_ROW) for _ in range(count)]
            yield Candidate(rows, rows)


def _limits(asked: _Asked) -> tuple[int, int]:
    if asked.question is None:
        return 1, MOST_ROWS
    if asked.kind == "files":
        return 1, MOST_ROWS if asked.question.max_count is None else asked.question.max_count
    most = MOST_ROWS if asked.question.max is None else int(asked.question.max)
    return max(1, int(asked.question.min or 1)), most


def _numbers(asked: _Asked) -> Iterator[Candidate]:
    least = asked.question.min if asked.question is not None else None
    most = asked.question.max if asked.question is not None else None
    read = [number_from(constant) if isinstance(constant, str) else constant for constant in asked.constants]
    edges = sorted({number for number in (*read, least, most) if isinstance(number, int | float)})
    tried: list[int | float] = [edges[0] - 1, *edges, edges[-1] + 1] if edges else [1]
    tried += [(low + high) / 2 for low, high in pairwise(edges)]
    for number in tried:
        if (least is None or number >= least) and (most is None or number <= most):
            plain = int(number) if float(number).is_integer() else number
            yield Candidate(plain, plain)


def days_to_try(compared: Iterable[Leaf]) -> list[date]:
    """Return the days on which conditions must be tried: several where relative dates stand beside absolute ones."""
    absolute: set[date] = set()
    offsets: set[timedelta] = set()
    for leaf in compared:
        if leaf.operator in ("before", "after") and isinstance(leaf.constant, str):
            first, second = (constant_day(leaf.constant[:10], day) for day in (DAY, DAY + timedelta(days=1)))
            if first is not None and first == second:
                absolute.add(first)
            elif first is not None:
                offsets.add(first - DAY)
    if not absolute or not offsets:
        return [DAY]
    apart = [timedelta(days=step) for step in (-2, 0, 2)]
    return sorted(_shifted(day, step - offset) for day in absolute for offset in offsets for step in apart)[:MOST_DAYS]


def _shifted(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return day


def _days(asked: _Asked) -> Iterator[Candidate]:
    days = {asked.today}
    moments: set[str] = set()
    for constant in asked.constants:
        day = constant_day(constant, asked.today)
        if day is None and isinstance(constant, str):
            day = constant_day(constant[:10], asked.today)
            moments.add(constant)
        if day is not None:
            days.update(_around(day))
    for day in sorted(days):
        answer = day.isoformat() if asked.kind == "date" else f"{day.isoformat()}T12:00:00+00:00"
        yield Candidate(answer, answer)
    for moment in sorted(moments):
        yield Candidate(moment, moment)


def _around(day: date) -> Iterator[date]:
    yield day
    for step in (-1, 1):
        try:
            yield day + timedelta(days=step)
        except OverflowError:
            continue


def _versions(asked: _Asked) -> Iterator[Candidate]:
    tried = ["1.0"]
    for constant in asked.constants:
        for token in _VERSION_TOKEN.findall(constant) if isinstance(constant, str) else []:
            plain = token.rstrip(".")
            tried += [plain, f"{plain}.1", f"{plain}-rc1", _just_below(plain), "0.0.1", "99999.0"]
    for text in dict.fromkeys(tried):
        yield Candidate(text, text)


def _just_below(version: str) -> str:
    numbers = re.findall(r"\d+", version)
    for place in range(len(numbers) - 1, -1, -1):
        if int(numbers[place]) > 0:
            return ".".join([*numbers[:place], str(int(numbers[place]) - 1), "99999"])
    return "0"


_TRIED: Mapping[str, Callable[[_Asked], Iterator[Candidate]]] = {
    "multi": _selections,
    "guidance": _outcomes_of_guidance,
    "known_issues": _outcomes_of_known_issues,
    "steps": _rows,
    "files": _rows,
    "number": _numbers,
    "date": _days,
    "datetime": _days,
    "version": _versions,
}
