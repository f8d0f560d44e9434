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
    was: Mapping[str, Any] = field(default_factory=dict)
    """What stood there before."""
    subject: UUID | None = None
    column: str = ""
    reason: str = ""


def judge(session: Session, register: Register, rows: Sequence[Row]) -> list[Verdict]:
    """Return what each row would do, in a fixed number of statements."""
    sound = {row.number: row for row in rows if next(_problems(register, row), None) is None}
    there = known.gather(session, register, list(sound.values()))
    meant: dict[object, int] = {}
    return [_judge_one(register, row, there if row.number in sound else None, meant) for row in rows]


def _judge_one(register: Register, row: Row, there: known.Known | None, meant: dict[object, int]) -> Verdict:
    found = next(_problems(register, row)) if there is None else there.find(row.cells)
    if isinstance(found, known.Found) and (about := found.subject or found.place):
        earlier = meant.setdefault(about, row.number)
        if earlier != row.number:  # named differently, they are one and the same there
            found = known.Problem(next(iter(row.cells)), f"repeated:{earlier}")
    if isinstance(found, known.Problem):
        return Verdict(row, Outcome.REFUSE, column=found.column, reason=found.reason)
    return _compared(row, found)


def _problems(register: Register, row: Row) -> Iterator[known.Problem]:
    if isinstance(row.fault, str):
        column, _, reason = row.fault.partition(":")
        yield known.Problem(column, reason)
    elif row.fault:
        yield known.Problem(next(iter(row.cells)), f"repeated:{row.fault}")
    if register is Register.ORGANISATIONS and row.cells.get("code") == "":
        yield known.Problem("code", "no-number")
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
    was = {name: found.was.get(name) for name in new}
    return Verdict(row, Outcome.CHANGE if new else Outcome.SAME, new, was, found.subject)
