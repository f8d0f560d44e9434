"""Feeds, calendars and files of notices, and taking notices in from files."""

from uuid import UUID

from flask import Flask

from portal.core import web
from portal.formats.queries.imports import origin_of
from portal.formats.views import exporting, feeds, importing
from portal.formats.views.pieces import blueprint
from portal.ui import pages

__all__ = ["blueprint", "exporting", "feeds", "importing", "init_app"]


def show_origin(notice_id: UUID) -> str:
    """Show what a notice was taken in from, and what of it found no place; nothing for one that was written here."""
    origin = origin_of(web.reading(), notice_id)
    return pages.page("formats/_origin.html", origin=origin) if origin else ""


def init_app(app: Flask) -> None:
    """Lead to feeds and files from the pages of notices."""
    pages.fill_slot(app, "beside-notices", lambda: pages.page("formats/_feeds_link.html"))
    pages.fill_slot(app, "beside-desk-notices", lambda: pages.page("formats/_import_link.html"))
    pages.fill_slot(app, "origin-of-notice", show_origin)
    pages.fill_slot(app, "notice-files", lambda code: pages.page("formats/_files.html", code=code))
