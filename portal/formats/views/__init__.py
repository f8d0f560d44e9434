"""Feeds, calendars and files of notices, and taking notices in from files."""

from flask import Flask

from portal.formats.views import exporting, feeds, importing
from portal.formats.views.pieces import blueprint
from portal.ui import pages

__all__ = ["blueprint", "exporting", "feeds", "importing", "init_app"]


def init_app(app: Flask) -> None:
    """Lead to feeds and files from the pages of notices."""
    pages.fill_slot(app, "beside-notices", lambda: pages.page("formats/_feeds_link.html"))
    pages.fill_slot(app, "beside-desk-notices", lambda: pages.page("formats/_import_link.html"))
    pages.fill_slot(app, "notice-files", lambda code: pages.page("formats/_files.html", code=code))
