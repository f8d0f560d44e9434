"""What each row of a list would do: add, change, nothing, or why it can't be taken."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal.administration.models import Register
from portal.administration.services.taking import cells, known
from portal.administration.services.taking.rows import Row

COLUMNS: Mapping[Register, tuple[str, ...]] = {
    Register.ORGANISATIONS: ("code", "name", "tier", "region", "time_zone", "locale", "address"),
    Register.CONTACTS: ("organisation", "name", "email", "phone", "user_name", "role", "see_scope", "title", "locale"),
    Register.INSTALLATIONS: ("organisation", "product", "version", "site", "modules"),
    Register.RELEASES: ("product", "version", "component", "published_on"),
}
"""What a list may say, in the order of the sample."""
NEEDED: Mapping[Register, tuple[str, ...]] = {
    Register.ORGANISATIONS: ("name",),
    Register.CONTACTS: ("organisation", "name"),
    Register.INSTALLATIONS: ("organisation", "product"),
    Register.RELEASES: ("product", "version", "published_on"),
}
"""What no row may leave empty."""


class Outcome(Enum):
    """What becomes of a row."""

    ADD = "add"
    CHANGE = "change"
    SAME = "same"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a row would do, and to what."""

    row: Row
    outcome: Outcome
    values: Mapping[str, Any] = field(default_factory=dict)
    """What is new; an empty cell says nothing, and changes nothing."""
    subject: UUID | None = None
    column: str = ""
    reason: str = ""


def judge(session: Session, register: Register, rows: Sequence[Row]) -> list[Verdict]:
    """Return what each row would do, in a fixed number of statements."""
    there = known.gather(session, register, rows)
    return [_judge_one(register, row, there) for row in rows]


def _judge_one(register: Register, row: Row, there: known.Known) -> Verdict:
    problem = next(_problems(register, row), None)
    if problem is None:
        found = there.find(row.cells)
        if isinstance(found, known.Problem):
            problem = found
        else:
            return _compared(row, found)
    return Verdict(row, Outcome.REFUSE, column=problem.column, reason=problem.reason)


def _problems(register: Register, row: Row) -> Iterator[known.Problem]:
    if row.repeats:
        yield known.Problem(next(iter(row.cells)), "repeated")
    for column in NEEDED[register]:
        if not row.cells.get(column):
            yield known.Problem(column, "missing")
    for column, text in row.cells.items():
        reason = cells.problem_of(column, text) if text else ""
        if reason:
            yield known.Problem(column, reason)


def _compared(row: Row, found: known.Found) -> Verdict:
    if found.subject is None:
        return Verdict(row, Outcome.ADD, found.values)
    new = {name: value for name, value in found.values.items() if found.was.get(name) != value}
    return Verdict(row, Outcome.CHANGE if new else Outcome.SAME, new, found.subject)
