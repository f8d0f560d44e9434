"""The steps of printing a notice for each organisation by name, as the worker takes them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.db import Database
from portal.core.errors import GoneError
from portal.core.i18n import LANGUAGE_TAGS
from portal.files.delivery import storage
from portal.files.models import StoredFile
from portal.files.services import MadeFile, Owner, made_file, receive
from portal.notices.documents.batches import Batch, bind_parts, find_troubles, in_parts, lay_base_of, print_people
from portal.notices.models import PrintBatch, PrintPart
from portal.notices.queries.copies import addressees, organisations_of, printed_files
from portal.notices.queries.printing import PrintedNotice, printed_notice
from portal.notices.services import batches
from portal.notices.services.copies import codes_of_copies
from portal.outbox.plain import Plain
from portal.outbox.queries import job_status
from portal.printing.batches import Base
from portal.ui import languages


class BatchGoneError(GoneError):
    """There is nothing to print any more: the notice was taken back."""


def check_batch(database: Database, parameters: Mapping[str, Plain]) -> Mapping[str, Plain]:
    """Look at every address, and lay out what all copies share; the result says where that lies."""
    with database.read() as session:
        batch = session.get_one(PrintBatch, _batch_id(parameters))
        notice = _notice(session, batch)
        ids = organisations_of(session, batch.id)
        people = [each for some in in_parts(ids) for each in addressees(session, some)]
    with languages.reading_as(batch.locales[0], str(parameters["time_zone"])):
        base = lay_base_of(_batch(batch, notice))
    troubles = find_troubles(people)
    key = storage().put(base.pdf)
    with database.write() as session:
        base_id = _receive(session, made_file(f"{notice.code}.pdf", "application/pdf", storage().path_of(key)), key)
        batches.keep_troubles(session, session.get_one(PrintBatch, batch.id), troubles, at=clock.now())
    return {"base_id": str(base_id), "places": {name: [*place] for name, place in base.places.items()}}


def print_part(database: Database, parameters: Mapping[str, Plain]) -> Mapping[str, Plain]:
    """Print the copies of one part."""
    number = int(str(parameters["number"]))
    with database.read() as session:
        batch = session.get_one(PrintBatch, _batch_id(parameters))
        notice, base = _notice(session, batch), _base(session, batch)
        part = session.get_one(PrintPart, (batch.id, number))
        people = [each for each in addressees(session, map(UUID, part.organisations)) if each.problem is None]
    with database.write() as session:
        codes = codes_of_copies(session, batch.notice_id, [each.organisation_id for each in people], at=clock.now())
    with languages.reading_as(batch.locales[0], str(parameters["time_zone"])):
        body = print_people(_batch(batch, notice), base, people, codes) if people else None
    key = storage().put(body) if body else None
    with database.write() as session:
        file_id = _keep(session, batch, f"{notice.code}-{number + 1}", key) if key else None
        batches.keep_part(session, batch, number, file_id, at=clock.now())
    return {"copies": len(people)}


def bind_batch(database: Database, parameters: Mapping[str, Plain]) -> Mapping[str, Plain]:
    """Put all parts of a batch into one file, and let go of the parts."""
    with database.read() as session:
        batch = session.get_one(PrintBatch, _batch_id(parameters))
        if batch.done_at is not None:  # a worker that died had only not yet said so
            return {}
        notice, files = _notice(session, batch), printed_files(session, batch.id)
    keys = [each.storage_key for each in files]
    bound = _bound(batch, notice, [storage().path_of(key) for key in keys]) if keys else None
    with database.write() as session:
        file_id = _receive(session, *bound) if bound else None
        batches.keep_bound(session, batch.id, file_id, at=clock.now())
        batches.let_go(session, [each.id for each in files], at=clock.now())
    for key in keys:
        storage().remove(key)
    return {}


def _bound(batch: PrintBatch, notice: PrintedNotice, paths: Sequence[Path]) -> tuple[MadeFile, str]:
    name = f"{notice.code}-{notice.number}-{LANGUAGE_TAGS[batch.locales[0]]}-{batch.copies}"
    ending, media_type = _kind(batch)
    key = storage().put_by(lambda file: bind_parts(_batch(batch, notice), paths, file))
    return made_file(f"{name}.{ending}", media_type, storage().path_of(key)), key


def _batch(batch: PrintBatch, notice: PrintedNotice) -> Batch:
    return Batch(notice, tuple(batch.locales), is_separate=batch.is_separate)


def _kind(batch: PrintBatch) -> tuple[str, str]:
    return ("zip", "application/zip") if batch.is_separate else ("pdf", "application/pdf")


def _keep(session: Session, batch: PrintBatch, name: str, key: str) -> UUID:
    ending, media_type = _kind(batch)
    return _receive(session, made_file(f"{name}.{ending}", media_type, storage().path_of(key)), key)


def _receive(session: Session, file: MadeFile, key: str) -> UUID:
    return receive(session, file, storage_key=key, owner=Owner(None, None), at=clock.now()).id


def _notice(session: Session, batch: PrintBatch) -> PrintedNotice:
    notice = printed_notice(session, batch.revision_id)
    if notice is None or not set(batch.locales) <= set(notice.texts):
        raise BatchGoneError(str(batch.id))
    return notice


def _base(session: Session, batch: PrintBatch) -> Base:
    checked = job_status(session, batches.job_key(batches.CHECK_JOB, batch.id))
    if checked is None:
        raise BatchGoneError(str(batch.id))
    file = session.get_one(StoredFile, UUID(str(checked.result["base_id"])))
    places: Any = checked.result["places"]
    return Base(storage().path_of(file.storage_key).read_bytes(), places)


def _batch_id(parameters: Mapping[str, Plain]) -> UUID:
    return UUID(str(parameters["batch"]))
