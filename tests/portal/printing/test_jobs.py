"""A document that somebody asks for becomes a stored file, made by the worker."""

from collections.abc import Callable, Mapping
from uuid import UUID

import pytest
from flask import Flask
from flask_babel import gettext
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.db import Database
from portal.files.delivery import storage
from portal.files.queries import stored_file
from portal.outbox import queries, services
from portal.outbox.queries import JobState, JobStatus
from portal.outbox.worker import Worker
from portal.printing import PDF_JOB, Document, register_document
from tests.factories import an_organisation

pytestmark = pytest.mark.slow

Ask = Callable[..., JobStatus | None]


@pytest.fixture
def ask(app: Flask, database: Database) -> Ask:
    """Ask for a document, let the worker take a turn, and see how far it is."""

    def ask(find: Callable[[Session, str, Mapping[str, object]], Document | None]) -> JobStatus | None:
        register_document(app, "test", find)
        parameters = {"document": "test", "id": "7", "locale": "zh_Hant", "time_zone": "Asia/Taipei"}
        with database.write() as session:
            services.add_job(session, PDF_JOB, parameters, dedupe_key="test-7-zh_Hant", at=clock.now())
        Worker(app).turn()
        with database.read() as session:
            return queries.job_status(session, "test-7-zh_Hant")

    return ask


def test_it_is_found_in_the_readers_language_printed_and_stored(app: Flask, database: Database, ask: Ask) -> None:
    with database.write() as session:
        organisation = an_organisation(session).id

    def find(_: Session, document_id: str, parameters: Mapping[str, object]) -> Document:
        words = f"{gettext('Sign in')} {document_id} {parameters['time_zone']}"
        html = f"<html lang='zh-Hant'><title>x</title><p>{words}</p>"
        return Document(html, "x", "zh-Hant", "登入-7.pdf", organisation_id=organisation)

    status = ask(find)
    assert status is not None
    assert status.state is JobState.DONE
    with app.app_context(), database.read() as session:
        file = stored_file(session, UUID(str(status.result["file_id"])))
        assert file is not None
        body = storage().path_of(file.storage_key).read_bytes()
    assert (file.name, file.media_type, file.is_inline, file.organisation_id) == (
        "登入-7.pdf",
        "application/pdf",
        False,
        organisation,
    )
    assert (body[:5], len(body)) == (b"%PDF-", file.size)


def test_what_is_gone_is_not_printed_and_nobody_misses_it(ask: Ask) -> None:
    assert ask(lambda _session, _id, _parameters: None) is None


def test_what_can_not_be_printed_is_not_tried_for_ever(ask: Ask) -> None:
    too_long = Document("x" * 3_000_000, "x", "en", "x.pdf")
    status = ask(lambda _session, _id, _parameters: too_long)
    assert status is not None
    assert status.state is JobState.FAILED
