"""The pages of a notice as pictures, so that whoever writes it sees the paper first."""

from collections.abc import Mapping
from uuid import UUID

from portal.core import clock
from portal.core.db import Database
from portal.core.errors import GoneError
from portal.files.checks import CheckedFile
from portal.files.delivery import storage
from portal.files.services import Owner, receive
from portal.notices.documents.sheets import edition_of, printed
from portal.notices.queries.printing import drafted_notice
from portal.outbox.plain import Plain
from portal.printing import Document, draw_pages, print_document
from portal.ui import languages

PREVIEW_JOB = "notice-preview"
"""The kind of job; its parameters: ``id`` of a revision, ``locales``, ``arrangement``, ``time_zone``."""


class NothingToShowError(GoneError):
    """There is no such revision any more, or nothing in the languages that were asked for."""


def make_preview(database: Database, parameters: Mapping[str, Plain]) -> Mapping[str, Plain]:
    """Print a revision as it stands, and keep the PDF and a picture of each page."""
    document = _document(database, parameters)
    pdf = print_document(document)
    pictures = [
        CheckedFile(f"{number}.png", "image/png", each, is_inline=True)
        for number, each in enumerate(draw_pages(pdf), 1)
    ]
    file_id, *page_ids = _keep(database, [CheckedFile(document.file_name, "application/pdf", pdf), *pictures])
    return {"file_id": file_id, "page_ids": [*page_ids]}


def _document(database: Database, parameters: Mapping[str, Plain]) -> Document:
    wanted = str(parameters["locales"]).split(",")
    with languages.reading_as(wanted[0], str(parameters["time_zone"])), database.read() as session:
        notice = drafted_notice(session, UUID(str(parameters["id"])))
        edition = edition_of(notice, wanted, str(parameters["arrangement"])) if notice else None
        if notice is None or edition is None:
            raise NothingToShowError(str(parameters["id"]))
        return printed(notice, edition)


def _keep(database: Database, files: list[CheckedFile]) -> list[str]:
    stored = [(each, storage().put(each.body)) for each in files]
    with database.write() as session:
        return [
            str(receive(session, file, storage_key=key, owner=Owner(None, None), at=clock.now()).id)
            for file, key in stored
        ]
