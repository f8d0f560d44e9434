"""The timeline of a ticket: what happened, what we had promised for it, and what came with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, bindparam, func, select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.tickets.models import Audience, EventKind, Outcome, PromiseKind
from portal.tickets.queries.tables import (
    agent,
    attachment,
    event,
    person,
    promise,
    promise_outcome,
    seen,
    stored_file,
    typed_text,
)
from portal.tickets.queries.visibility import sees_notes

SHOWN_AT_ONCE = 30
"""How many entries of a timeline a page shows; the earlier ones are a click away."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that came with something that was said."""

    id: UUID
    name: str
    size: int
    media_type: str
    is_inline: bool


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise and how it ended, if it has."""

    kind: PromiseKind
    due_at: datetime
    made_at: datetime
    outcome: Outcome | None
    ended_at: datetime | None
    event_id: UUID | None
    """What ended it."""

    @property
    def minutes_late(self) -> int:
        """How long after its time it ended."""
        return max(0, int((self.ended_at - self.due_at).total_seconds() // 60)) if self.ended_at else 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened."""

    id: UUID
    seq: int
    kind: EventKind
    at: datetime
    audience: Audience
    person_id: UUID | None
    who: str
    is_agent: bool
    body: str
    is_erased: bool
    facts: Mapping[str, Any]
    files: Sequence[File]
    promise: Promised | None
    """What it kept or missed."""
    seen_at: datetime | None = None
    """When support first read it."""

    @property
    def is_customers(self) -> bool:
        """Whether somebody on the customer's side did it."""
        return not self.is_agent and (self.person_id is not None or self.kind is EventKind.OPENED)

    @property
    def is_internal(self) -> bool:
        """Whether only agents see it."""
        return self.audience == Audience.INTERNAL

    @property
    def next_due_at(self) -> datetime | None:
        """The new time that an apology names."""
        said = self.facts.get("next_due_at")
        return datetime.fromisoformat(said) if said else None


_EVENTS = (
    select(
        event,
        typed_text.c.body,
        typed_text.c.erased_at,
        person.c.name,
        agent.c.id.label("agent_id"),
        select(seen.c.at)
        .where(seen.c.ticket_id == event.c.ticket_id, seen.c.seq >= event.c.seq)
        .order_by(seen.c.seq)
        .limit(1)
        .scalar_subquery()
        .label("seen_at"),
    )
    .outerjoin(typed_text, typed_text.c.id == event.c.text_id)
    .outerjoin(person, person.c.id == event.c.person_id)
    .outerjoin(agent, agent.c.person_id == event.c.person_id)
    .where(event.c.ticket_id == bindparam("ticket_id"))
    .order_by(event.c.seq.desc())
)
_PROMISES = (
    select(
        promise.c.kind,
        promise.c.due_at,
        promise.c.made_at,
        promise_outcome.c.outcome,
        promise_outcome.c.at.label("ended_at"),
        promise_outcome.c.event_id,
    )
    .outerjoin(promise_outcome, promise_outcome.c.promise_id == promise.c.id)
    .where(promise.c.ticket_id == bindparam("ticket_id"))
    .order_by(promise.c.due_at, promise.c.made_at)
)


def _with_files(events: Select[Any]) -> Select[Any]:
    """Return events with their files, a row for each file, in one statement; a file that was erased isn't there."""
    shown = events.subquery("shown")
    return (
        select(
            shown,
            stored_file.c.id.label("file_id"),
            stored_file.c.name.label("file_name"),
            stored_file.c.size,
            stored_file.c.media_type,
            stored_file.c.is_inline,
        )
        .outerjoin(attachment, and_(attachment.c.ticket_id == shown.c.ticket_id, attachment.c.event_id == shown.c.id))
        .outerjoin(stored_file, and_(stored_file.c.id == attachment.c.file_id, stored_file.c.erased_at.is_(None)))
        .order_by(shown.c.seq.desc(), stored_file.c.created_at, stored_file.c.id)
    )


@lru_cache(maxsize=4)
def _timeline(*, with_notes: bool, is_earlier_part: bool) -> Select[Any]:
    """Return the statement of a timeline, built once of each kind."""
    wanted = _EVENTS if with_notes else _EVENTS.where(event.c.audience == Audience.CUSTOMER)
    if is_earlier_part:
        wanted = wanted.where(event.c.seq < bindparam("before"))
    return _with_files(wanted.limit(SHOWN_AT_ONCE + 1))


@lru_cache(maxsize=4)
def _customers_timeline(most: int) -> Select[Any]:
    return _with_files(_EVENTS.where(event.c.audience == Audience.CUSTOMER).limit(most))


@dataclass(frozen=True, slots=True)
class Timeline:
    """A part of what happened, the newest first."""

    entries: Sequence[Entry]
    earlier: int | None
    """Where it goes on, if there is more."""


def timeline_of(
    session: Session, ticket_id: UUID, promises: Iterable[Promised], actor: Actor, *, before: int | None = None
) -> Timeline:
    """Return what somebody sees of what happened, the newest first and not too much of it at once."""
    wanted = _timeline(with_notes=sees_notes(actor), is_earlier_part=before is not None)
    values = {"ticket_id": ticket_id} if before is None else {"ticket_id": ticket_id, "before": before}
    entries = _entries(session.execute(wanted, values), promises)
    shown = entries[:SHOWN_AT_ONCE]
    return Timeline(shown, shown[-1].seq if len(entries) > SHOWN_AT_ONCE else None)


@dataclass(frozen=True, slots=True)
class CustomersEvents:
    """The latest of what customers see, and how much of it there is in all."""

    entries: Sequence[Entry]
    """The newest first."""
    total: int


def customers_events(session: Session, ticket_id: UUID, promises: Iterable[Promised], *, most: int) -> CustomersEvents:
    """Return the latest of what a ticket's customer sees of what happened, whoever is asking."""
    theirs = event.c.audience == Audience.CUSTOMER
    rows = session.execute(_customers_timeline(most), {"ticket_id": ticket_id})
    total = session.execute(select(func.count()).where(event.c.ticket_id == ticket_id, theirs)).scalar_one()
    return CustomersEvents(_entries(rows, promises), total)


def _entries(rows: Iterable[Row[Any]], promises: Iterable[Promised]) -> list[Entry]:
    ended_by = {each.event_id: each for each in promises if each.outcome != Outcome.SUPERSEDED}
    return [
        _entry(with_file[0], [_file(row) for row in with_file if row.file_id is not None], ended_by.get(event_id))
        for event_id, with_file in ((key, list(found)) for key, found in groupby(rows, key=lambda row: row.id))
    ]


def promises_of(session: Session, ticket_id: UUID) -> list[Promised]:
    """Return everything that was promised for a ticket, in the order of its times."""
    return [Promised(**row._mapping) for row in session.execute(_PROMISES, {"ticket_id": ticket_id})]  # noqa: SLF001 (SQLAlchemy's public name for it)


def _file(row: Row[Any]) -> File:
    return File(row.file_id, row.file_name, row.size, row.media_type, row.is_inline)


def _entry(row: Row[Any], files: Sequence[File], promised: Promised | None) -> Entry:
    return Entry(
        id=row.id,
        seq=row.seq,
        kind=EventKind(row.kind),
        at=row.at,
        audience=Audience(row.audience),
        person_id=row.person_id,
        who=row.name or "",
        is_agent=row.agent_id is not None,
        body=row.body or "",
        is_erased=row.erased_at is not None,
        facts=row.facts,
        files=files,
        promise=promised,
        seen_at=row.seen_at,
    )
