"""The audit log: who did what, and when, the newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, join, literal, or_, select, union_all
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Contact, Installation, Organisation, Person
from portal.core.models import AuditEntry

AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One thing that somebody did."""

    id: UUID
    at: datetime
    who: str
    """Empty where nobody in particular did it."""
    action: str
    subject_kind: str
    subject_id: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is looked for in the log."""

    who: str = ""
    what: str = ""
    begin: datetime | None = None
    end: datetime | None = None
    before: UUID | None = None
    """The last line of the page before."""


def audit_lines(session: Session, sought: Sought, *, most: int = AT_ONCE + 1) -> Sequence[AuditLine]:
    """Return some lines of the log, one more than a page has where there are more."""
    rows = (
        select(AuditEntry, Person.name)
        .outerjoin(Person, Person.id == AuditEntry.person_id)
        .order_by(AuditEntry.id.desc())
        .limit(most)
    )
    if sought.who:
        rows = rows.where(Person.name.contains(sought.who, autoescape=True))
    if sought.what:
        named = (AuditEntry.action, AuditEntry.subject_kind, AuditEntry.subject_id)
        rows = rows.where(or_(*(each.contains(sought.what, autoescape=True) for each in named)))
    if sought.begin:
        rows = rows.where(AuditEntry.at >= sought.begin)
    if sought.end:
        rows = rows.where(AuditEntry.at < sought.end)
    if sought.before:
        rows = rows.where(AuditEntry.id < sought.before)
    return [
        AuditLine(row.id, row.at, name or "", row.action, row.subject_kind, row.subject_id, row.facts)
        for row, name in session.execute(rows)
    ]


def names_of_subjects(session: Session, lines: Sequence[AuditLine]) -> Mapping[tuple[str, str], str]:
    """Return what was changed by its name, for what is still there and has one."""
    found = {(each.subject_kind, each.subject_id): _called(each.facts) for each in lines}
    rows = session.execute(union_all(*(_named(kind, lines) for kind in _NAMES)))
    return {**found, **{(row.kind, str(row.id)): row.name for row in rows}}


def _called(facts: Mapping[str, Any]) -> str:
    """Return what something was called when it was changed, as far as that was written down."""
    return " ".join(str(facts[each]) for each in ("name", "key", "code", "version", "number") if each in facts)


def _named(kind: str, lines: Sequence[AuditLine]) -> Select[str, UUID, str]:
    table, name, source = _NAMES[kind]
    wanted = [id_ for each in lines if each.subject_kind == kind and (id_ := _uuid(each.subject_id))]
    return (
        select(literal(kind).label("kind"), table.id.label("id"), name.label("name"))
        .select_from(source)
        .where(table.id.in_(wanted))
    )


def _uuid(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None


_NAMES: Mapping[str, tuple[Any, Any, Any]] = {
    "organisation": (Organisation, Organisation.name, Organisation),
    "contact": (Contact, Person.name, join(Contact, Person, Person.id == Contact.person_id)),
    "agent": (Agent, Person.name, join(Agent, Person, Person.id == Agent.person_id)),
    "installation": (
        Installation,
        Organisation.name,
        join(Installation, Organisation, Organisation.id == Installation.organisation_id),
    ),
}
