"""What the worker does about people's data, and about what nobody needs any more."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.db import Database
from portal.files import delivery
from portal.outbox import services as outbox
from portal.outbox.plain import Plain
from portal.outbox.registry import register_clock_pass, register_job
from portal.privacy import services
from portal.tickets import services as tickets
from portal.ui import languages

_NIGHT = 3
_DAY = timedelta(days=1)
"""How long a file may wait for its row: an upload that was refused meanwhile belongs to nothing."""


def init_app(app: Flask) -> None:
    """Let the worker make archives, drop them after a week, and tidy up after erasing."""
    register_job(app, services.EXPORT_JOB, make_export)
    register_job(app, services.DROP_JOB, drop_export)
    register_job(app, services.FINISH_JOB, finish_erasing)
    register_job(app, services.TIDY_JOB, tidy)
    register_clock_pass(app, ask_for_tidying)


def make_export(database: Database, parameters: Mapping[str, Plain]) -> dict[str, Plain]:
    """Make a person's archive and keep it as theirs."""
    person_id, at = UUID(str(parameters["person_id"])), clock.now()
    with database.read() as session:
        body = services.archive_of(session, person_id, read=read_stored, at=at)
    key = delivery.storage().put(body)
    with database.write() as session:
        file = services.keep_archive(session, person_id, body=body, storage_key=key, at=at)
        return {"file_id": str(file.id)}


def drop_export(database: Database, parameters: Mapping[str, Plain]) -> dict[str, Plain]:
    """Remove an archive that was there for a week."""
    with database.write() as session:
        key = services.drop_archive(session, UUID(str(parameters["file_id"])), at=clock.now())
    delivery.storage().remove(key)
    return {}


def finish_erasing(database: Database, parameters: Mapping[str, Plain]) -> dict[str, Plain]:
    """Remove the files of an erased person, and what the database file still has of the rows."""
    keys = parameters["keys"]
    removed = [str(each) for each in keys] if isinstance(keys, list) else []
    services.finish(database, removed, remove=delivery.storage().remove)
    return {}


def ask_for_tidying(session: Session, *, at: datetime) -> None:
    """Have it tidied once a night, when fewest are about."""
    local = at.astimezone(ZoneInfo(languages.settings().time_zone))
    if local.hour == _NIGHT:
        outbox.add_job(session, services.TIDY_JOB, {}, dedupe_key=f"{services.TIDY_JOB}:{local.date()}", at=at)


def tidy(database: Database, _parameters: Mapping[str, Plain]) -> dict[str, Plain]:
    """Let go of mails and sheets after some months, of files that belong to nothing after a day; gather words."""
    at = clock.now()
    before = at - timedelta(days=languages.settings().outbox_days)
    return {
        "messages": sum(_forget(database, before)),
        "papers": sum(_drop(database, before)),
        "files": sum(_sweep(database, (at - _DAY).timestamp())),
        "words": sum(_gather(database)),
    }


def _forget(database: Database, before: datetime) -> Iterator[int]:
    number = 1
    while number:
        with database.write() as session:
            number = services.forget_delivered(session, before=before)
        yield number


def _drop(database: Database, before: datetime) -> Iterator[int]:
    keys = [""]
    while keys:
        with database.write() as session:
            keys = services.drop_papers(session, before=before)
        for key in keys:
            delivery.storage().remove(key)
        yield len(keys)


def _sweep(database: Database, before: float) -> Iterator[int]:
    for keys in delivery.storage().old_keys(before):
        with database.read() as session:
            strays = services.strays(session, keys)
        for key in strays:
            delivery.storage().remove(key)
        yield len(strays)


def _gather(database: Database) -> Iterator[int]:
    """Bring together what tickets are found by on SQLite: what was written all day lies in many parts."""
    is_more, has_begun = database.is_sqlite, False
    while is_more:
        with database.write() as session:
            is_more = tickets.gather_terms(session, has_begun=has_begun)
        has_begun = True
        yield int(is_more)


def read_stored(key: str) -> bytes:
    """Return the bytes of a stored file."""
    return delivery.storage().path_of(key).read_bytes()
