"""Reads for printing a notice once for each organisation: to whom it goes, and how far a batch is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Contact, Organisation, Person
from portal.core.actor import Actor, Role
from portal.files.models import StoredFile
from portal.notices.models import Notice, NoticeState, PrintBatch, PrintPart
from portal.notices.queries.visibility import visible_to

MOST_LINES = 4
MOST_IN_A_LINE = 34
"""Chinese characters in a line of the address; Latin ones count half."""


class Problem(StrEnum):
    """Why an address can't be printed, or not whole."""

    NO_ADDRESS = "no_address"
    TOO_LONG = "too_long"
    UNPRINTABLE = "unprintable"
    """Some sign is in no font on this machine; the copy is printed all the same, with a box in its place."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with one organisation's address."""

    organisation_id: str
    name: str
    problem: Problem
    signs: str = ""

    def as_row(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return asdict(self)

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Trouble":
        """Read it back."""
        return cls(**{**row, "problem": Problem(row["problem"])})


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom a copy goes."""

    organisation_id: UUID
    name: str
    person: str
    address: str

    @property
    def lines(self) -> list[str]:
        """The lines of the address, as they stand on the copy."""
        typed = [line.strip() for line in self.address.splitlines()]
        return [line for line in (self.name, self.person, *typed) if line]

    @property
    def problem(self) -> Problem | None:
        """Why no letter could reach it."""
        if not self.address.strip():
            return Problem.NO_ADDRESS
        is_long = len(self.lines) > MOST_LINES or any(_width(line) > MOST_IN_A_LINE for line in self.lines)
        return Problem.TOO_LONG if is_long else None


def _width(line: str) -> float:
    return sum(1 if ord(sign) > 0x2E7F else 0.55 for sign in line)


def addressees(session: Session, organisation_ids: Iterable[UUID]) -> list[Addressee]:
    """Return to whom the copies of some organisations go, in their order: to a manager, else to whoever there is."""
    ids = list(organisation_ids)
    rows = session.execute(
        select(Organisation.id, Organisation.name, Organisation.address).where(Organisation.id.in_(ids))
    ).all()
    known = {row.id: row for row in rows}
    people = _people(session, ids)
    return [
        Addressee(each, known[each].name, people.get(each, ""), known[each].address) for each in ids if each in known
    ]


def _people(session: Session, ids: Sequence[UUID]) -> dict[UUID, str]:
    rows = session.execute(
        select(Contact.organisation_id, Contact.role, Contact.title, Person.name)
        .join(Person, Person.id == Contact.person_id)
        .where(Contact.organisation_id.in_(ids), Person.active)
        .order_by(Contact.id.desc())
    ).all()
    best: dict[UUID, str] = {}
    for row in sorted(rows, key=lambda each: each.role == Role.MANAGER):  # the last one stands: a manager, the eldest
        best[row.organisation_id] = " ".join(part for part in (row.title, row.name) if part)
    return best


@dataclass(frozen=True, slots=True)
class BatchPage:
    """How far a batch is, as the desk sees it."""

    id: UUID
    code: str
    locales: Sequence[str]
    is_separate: bool
    copies: int
    done: int
    """Copies that are printed, those that were left out among them."""
    troubles: Sequence[Trouble]
    checked_at: datetime | None
    started_at: datetime | None
    done_at: datetime | None
    file_id: UUID | None
    is_taken_back: bool
    """The notice was withdrawn or superseded: what is not printed by now never will be."""

    @property
    def left_out(self) -> list[Trouble]:
        """Organisations whose copy can't be sent to them."""
        return [each for each in self.troubles if each.problem is not Problem.UNPRINTABLE]

    @property
    def unprintable(self) -> list[Trouble]:
        """Organisations with a sign in their address that no font can show."""
        return [each for each in self.troubles if each.problem is Problem.UNPRINTABLE]


def batch_page(session: Session, actor: Actor, code: str, batch_id: UUID) -> BatchPage | None:
    """Return how far a batch of a notice is that an agent may see; two statements, whatever its size.

    Names, addresses and codes of everyone stand in it, so whoever serves only some sees only batches of these.
    """
    found = session.execute(
        select(PrintBatch, Notice.state)
        .join(Notice, Notice.id == PrintBatch.notice_id)
        .where(PrintBatch.id == batch_id, Notice.code == code, visible_to(actor))
    ).one_or_none()
    if found is None:
        return None
    batch = found.PrintBatch
    parts = session.execute(
        select(PrintPart.organisations, PrintPart.troubles, PrintPart.done_at)
        .where(PrintPart.batch_id == batch.id)
        .order_by(PrintPart.number)
    ).all()
    if actor.organisations is not None and not _are_all_in(actor.organisations, (part.organisations for part in parts)):
        return None
    return BatchPage(
        id=batch.id,
        code=code,
        locales=batch.locales,
        is_separate=batch.is_separate,
        copies=batch.copies,
        done=sum(len(part.organisations) for part in parts if part.done_at),
        troubles=[Trouble.of(row) for part in parts for row in part.troubles],
        checked_at=batch.checked_at,
        started_at=batch.started_at,
        done_at=batch.done_at,
        file_id=batch.file_id,
        is_taken_back=found.state in (NoticeState.WITHDRAWN, NoticeState.SUPERSEDED),
    )


def _are_all_in(seen: frozenset[UUID], parts: Iterable[Sequence[str]]) -> bool:
    return all(UUID(each) in seen for part in parts for each in part)


def organisations_of(session: Session, batch_id: UUID) -> list[UUID]:
    """Return every organisation of a batch, in the order of the copies."""
    parts = session.execute(
        select(PrintPart.organisations).where(PrintPart.batch_id == batch_id).order_by(PrintPart.number)
    ).scalars()
    return [UUID(each) for part in parts for each in part]


def printed_files(session: Session, batch_id: UUID) -> list[StoredFile]:
    """Return the files of a batch's parts, in the order of the copies."""
    parts = select(StoredFile).join(PrintPart, PrintPart.file_id == StoredFile.id)
    return [*session.execute(parts.where(PrintPart.batch_id == batch_id).order_by(PrintPart.number)).scalars()]


def latest_batches(session: Session, notice_id: UUID, *, limit: int = 5) -> list[PrintBatch]:
    """Return the latest batches of a notice."""
    newest = select(PrintBatch).where(PrintBatch.notice_id == notice_id).order_by(PrintBatch.created_at.desc())
    return [*session.execute(newest.limit(limit)).scalars()]
