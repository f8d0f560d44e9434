"""Documents that features print: their HTML is found when the worker makes the PDF."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from flask import Flask, current_app
from sqlalchemy.orm import Session

from portal.core.db import Database
from portal.core.errors import GoneError
from portal.printing.attachments import Attachment
from portal.printing.engine import render_pdf
from portal.ui import languages

_EXTENSION = "plainport.documents"
PDF_JOB = "pdf"
"""The kind of job; its parameters: ``document`` (kind), ``id``, ``locale``, ``time_zone``."""


@dataclass(frozen=True, slots=True)
class Document:
    """A finished document: what it looks like and whose it is."""

    html: str
    title: str
    language: str
    """As HTML writes it: ``zh-Hans``."""
    file_name: str
    organisation_id: UUID | None = None
    attachment: Attachment | None = None
    on_one_page: bool = False
    """Whether its type is made smaller until it fits on one page."""


FindDocument = Callable[[Session, str, Mapping[str, object]], Document | None]
"""Finds the HTML of a document by id and the job's parameters; None where it is gone."""
KeepPdf = Callable[[Database, Document, bytes], UUID]
"""Stores a finished PDF and returns the id of its file; ``portal.app`` gives it, for printing doesn't know files."""


class DocumentGoneError(GoneError):
    """There is nothing to print any more."""


def register_document(app: Flask, kind: str, find: FindDocument) -> None:
    """Let a feature print a kind of document."""
    _documents(app)[kind] = find


def _documents(app: Flask) -> dict[str, FindDocument]:
    return cast(dict[str, FindDocument], app.extensions.setdefault(_EXTENSION, {}))


def pdf_maker(keep: KeepPdf) -> Callable[[Database, Mapping[str, object]], dict[str, str]]:
    """Return what makes a PDF for a job; its result names the file: ``{"file_id": "..."}``."""

    def make(database: Database, parameters: Mapping[str, object]) -> dict[str, str]:
        document = _find(database, parameters)
        pdf = print_document(document)
        return {"file_id": str(keep(database, document, pdf))}

    return make


def print_document(document: Document) -> bytes:
    """Return the PDF of a document; raises PrintError where it takes too much or can't be laid out."""
    return render_pdf(
        document.html,
        title=document.title,
        language=document.language,
        attachment=document.attachment,
        on_one_page=document.on_one_page,
    )


def _find(database: Database, parameters: Mapping[str, object]) -> Document:
    find = _documents(current_app)[str(parameters["document"])]
    locale, time_zone = str(parameters["locale"]), str(parameters["time_zone"])
    with languages.reading_as(locale, time_zone), database.read() as session:
        document = find(session, str(parameters["id"]), parameters)
    if document is None:
        raise DocumentGoneError(f"{parameters['document']} {parameters['id']}")
    return document
