"""Putting messages and jobs into the outbox, in the transaction of what they are about."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.core.db import Base, new_id
from portal.outbox.messages import Message
from portal.outbox.models import Job, OutboxMessage
from portal.outbox.plain import Plain


def queue(session: Session, message: Message, *, at: datetime) -> None:
    """Have a person told; a message with the same dedupe key is told once."""
    queue_all(session, [message], at=at)


def queue_all(session: Session, messages: Iterable[Message], *, at: datetime) -> None:
    """Have several people told, in one statement."""
    rows = [{**_message_row(each), **_new_row(at)} for each in messages]
    if rows:
        _insert_once(session, OutboxMessage, rows)


def add_job(session: Session, kind: str, parameters: Mapping[str, Plain], *, dedupe_key: str, at: datetime) -> Job:
    """Have something made by the worker; the same dedupe key is the same job, whatever became of it."""
    row = {"kind": kind, "parameters": dict(parameters), "dedupe_key": dedupe_key, "result": {}}
    _insert_once(session, Job, [{**row, **_new_row(at)}])
    return session.execute(select(Job).where(Job.dedupe_key == dedupe_key)).scalar_one()


def try_again(session: Session, row_id: UUID, *, at: datetime) -> bool:
    """Give a dead message or job all its attempts again; returns whether there was one."""
    return any(
        session.execute(
            update(table)
            .where(table.id == row_id, table.dead_at.is_not(None))
            .values(dead_at=None, attempts=0, next_at=at, leased_until=None)
            .returning(table.id)
        ).scalar()
        for table in (OutboxMessage, Job)
    )


def _message_row(message: Message) -> dict[str, Any]:
    return {
        "kind": message.kind,
        "subject_id": message.subject_id,
        "person_id": message.person_id,
        "address": message.address,
        "parameters": dict(message.parameters),
        "secret": message.secret,
        "was_dropped": False,
        "dedupe_key": message.dedupe_key,
    }


def _new_row(at: datetime) -> dict[str, Any]:
    return {"id": new_id(), "created_at": at, "next_at": at, "attempts": 0, "last_error": ""}


def _insert_once(session: Session, model: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert rows unless their dedupe key is there; two transactions at once can't both."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    table = Base.metadata.tables[model.__tablename__]
    session.execute(dialect.insert(table).on_conflict_do_nothing(index_elements=["dedupe_key"]), rows)
