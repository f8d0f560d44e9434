"""Notices on paper: sheets on A4, the sheet for a notice board, copies by name; and the same as data."""

from flask import Flask

from portal.notices.documents import calling
from portal.notices.documents.copies import bind_batch, check_batch, print_part
from portal.notices.documents.plain import as_plain
from portal.notices.documents.preview import PREVIEW_JOB, make_preview
from portal.notices.documents.sheets import Arrangement, Edition, edition_of, sheet, sheet_html
from portal.notices.services.batches import BIND_JOB, CHECK_JOB, PART_JOB
from portal.outbox.registry import register_job
from portal.printing import register_document

__all__ = ["Arrangement", "Edition", "as_plain", "edition_of", "init_app", "sheet", "sheet_html"]


def init_app(app: Flask) -> None:
    """Let the worker print notices, and draw the pages that somebody wants to look at first."""
    register_document(app, "notice", sheet)
    register_document(app, calling.DOCUMENT_KIND, calling.calls)
    register_job(app, PREVIEW_JOB, make_preview)
    register_job(app, CHECK_JOB, check_batch)
    register_job(app, PART_JOB, print_part)
    register_job(app, BIND_JOB, bind_batch)
