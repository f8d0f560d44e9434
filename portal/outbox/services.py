"""Putting messages and jobs into the outbox, in the transaction of what they are about."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, cast, false, func, literal, select, true, update
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


def queue_for_all(session: Session, message: Message, people: Select[UUID], *, at: datetime) -> None:
    """Have very many people told the same, in one statement whatever their number; everything else goes before it.

    ``people`` selects ids of persons; each is told once, by the message's dedupe key with theirs behind it.
    """
    dialect = sqlite if _is_sqlite(session) else postgresql
    table, person = Base.metadata.tables[OutboxMessage.__tablename__], people.subquery().c[0]
    row: dict[str, ColumnElement[Any]] = {
        "id": _random_ids(session),
        "kind": literal(message.kind),
        "subject_id": literal(message.subject_id, table.c.subject_id.type),
        "person_id": person,
        "parameters": literal(dict(message.parameters), table.c.parameters.type),
        "dedupe_key": literal(f"{message.dedupe_key}:") + cast(person, String),
        "created_at": literal(at, table.c.created_at.type),
        "next_at": literal(at, table.c.next_at.type),
        "is_bulk": true(),
        "attempts": literal(0),
        "was_dropped": false(),
        "last_error": literal(""),
    }
    # SQLite takes ON CONFLICT for the end of the join unless a WHERE stands between.
    rows = select(*(value.label(name) for name, value in row.items())).where(person.is_not(None))
    session.execute(
        dialect.insert(table)
        .from_select(list(row), rows, include_defaults=False)
        .on_conflict_do_nothing(index_elements=["dedupe_key"])
    )


def _random_ids(session: Session) -> ColumnElement[Any]:
    """Return what gives each row of a statement an id of its own."""
    if not _is_sqlite(session):
        return func.gen_random_uuid()
    # As ours are made: the moment in front, so that rows of one moment lie together, and the rest random.
    moment = new_id().hex[:12]
    return (
        literal(f"{moment}7")
        + func.substr(func.lower(func.hex(func.randomblob(2))), 1, 3)
        + literal("8")
        + func.substr(func.lower(func.hex(func.randomblob(8))), 1, 15)
    )


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


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
    dialect = sqlite if _is_sqlite(session) else postgresql
    table = Base.metadata.tables[model.__tablename__]
    session.execute(dialect.insert(table).on_conflict_do_nothing(index_elements=["dedupe_key"]), rows)
