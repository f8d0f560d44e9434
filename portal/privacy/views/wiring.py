"""What the worker does about people's data."""

from collections.abc import Mapping
from uuid import UUID

from flask import Flask

from portal.core import clock
from portal.core.db import Database
from portal.files import delivery
from portal.outbox.plain import Plain
from portal.outbox.registry import register_job
from portal.privacy import services


def init_app(app: Flask) -> None:
    """Let the worker make archives, drop them after a week, and tidy up after erasing."""
    register_job(app, services.EXPORT_JOB, make_export)
    register_job(app, services.DROP_JOB, drop_export)
    register_job(app, services.FINISH_JOB, finish_erasing)


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


def read_stored(key: str) -> bytes:
    """Return the bytes of a stored file."""
    return delivery.storage().path_of(key).read_bytes()
