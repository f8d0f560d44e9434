"""Documents that features print: their HTML is found when the worker makes the PDF."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from flask import Flask
from sqlalchemy.orm import Session

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


FindDocument = Callable[[Session, str, Mapping[str, object]], Document | None]
"""Finds the HTML of a document by id and the job's parameters; None where it is gone."""


def register_document(app: Flask, kind: str, find: FindDocument) -> None:
    """Let a feature print a kind of document."""
    documents = cast(dict[str, FindDocument], app.extensions.setdefault("plainport.documents", {}))
    documents[kind] = find
