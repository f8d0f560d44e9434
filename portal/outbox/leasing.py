"""Taking messages and jobs one at a time, so that two workers never do the same."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import InstrumentedAttribute

from portal.core.db import Database
from portal.outbox.models import Job, OutboxMessage

LEASE = timedelta(minutes=10)
"""Longer than any one mail or document may take; a worker that dies holds its row no longer than this."""
MOST_ATTEMPTS: dict[type[OutboxMessage | Job], int] = {OutboxMessage: 15, Job: 5}
"""Fifteen attempts are about eight hours: a mail server that is down over night loses nothing."""
_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=1)
_ENDED_AT: dict[type[OutboxMessage | Job], InstrumentedAttribute[datetime | None]] = {
    OutboxMessage: OutboxMessage.delivered_at,
    Job: Job.done_at,
}
_ORDER: dict[type[OutboxMessage | Job], tuple[InstrumentedAttribute[Any], ...]] = {
    OutboxMessage: (OutboxMessage.is_bulk, OutboxMessage.next_at),
    Job: (Job.next_at,),
}
"""What is due longest goes first; a hundred thousand notices wait for one sign-in code."""
_random = SystemRandom()

RowType = TypeVar("RowType", OutboxMessage, Job)


@dataclass(frozen=True, slots=True)
class Lease(Generic[RowType]):
    """The right to work on a row until a moment."""

    row: RowType
    until: datetime

    @property
    def is_last(self) -> bool:
        """Whether there are no more attempts after this one."""
        return self.row.attempts >= MOST_ATTEMPTS[type(self.row)]


def take(database: Database, table: type[RowType], *, at: datetime) -> Lease[RowType] | None:
    """Return the row that is due longest, ours until its lease ends; None where nothing is due."""
    with database.read() as session:
        # A look that locks nothing: an idle worker must not stand in the writers' line every second.
        if session.execute(_due(table, at)).first() is None:
            return None
    with database.write() as session:
        row: RowType | None = session.execute(_due(table, at).with_for_update(skip_locked=True)).scalar()
        return None if row is None else _begin(row, at)


def _due(table: type[RowType], at: datetime) -> Select[RowType]:
    return (
        select(table)
        .where(_ENDED_AT[table].is_(None), table.dead_at.is_(None), table.next_at <= at)
        .order_by(*_ORDER[table])
        .limit(1)
    )


def _begin(row: RowType, at: datetime) -> Lease[RowType]:
    row.attempts += 1
    # The lease's end is when the row is due again: one index finds new rows and those of workers that died.
    row.leased_until = row.next_at = at + LEASE
    return Lease(row, row.leased_until)


def finish(database: Database, lease: Lease[Any], **values: Any) -> None:
    """Write how an attempt ended, unless the lease has run out and the row is another worker's."""
    table = type(lease.row)
    with database.write() as session:
        session.execute(
            update(table)
            .where(table.id == lease.row.id, table.leased_until == lease.until)
            .values(leased_until=None, **values)
        )


def put_off(database: Database, lease: Lease[Any], error: str, *, at: datetime) -> None:
    """Try again later, each time after a longer wait; after the last attempt it is a dead letter."""
    if lease.is_last:
        give_up(database, lease, error, at=at)
    else:
        finish(database, lease, last_error=error, next_at=at + wait_after(lease.row.attempts))


def give_up(database: Database, lease: Lease[Any], error: str, *, at: datetime) -> None:
    """Stop trying; the desk lists it and can have it tried again."""
    finish(database, lease, last_error=error, dead_at=at)


def forget(database: Database, lease: Lease[Any]) -> None:
    """Take a row away of which nothing is to come any more, unless it is another worker's by now."""
    table = type(lease.row)
    with database.write() as session:
        session.execute(delete(table).where(table.id == lease.row.id, table.leased_until == lease.until))


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait: twice as long each time, give or take a quarter, so that many don't return at once."""
    wait = min(_FIRST_WAIT * 2.0 ** (attempts - 1), _LONGEST_WAIT)
    return wait * _random.uniform(0.75, 1.25)
