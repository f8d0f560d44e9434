"""The audit log: who did what, and when, the newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
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


def audit_lines(session: Session, sought: Sought) -> Sequence[AuditLine]:
    """Return some lines of the log, one more than a page has where there are more."""
    rows = (
        select(AuditEntry, Person.name)
        .outerjoin(Person, Person.id == AuditEntry.person_id)
        .order_by(AuditEntry.id.desc())
        .limit(AT_ONCE + 1)
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
