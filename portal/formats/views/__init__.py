"""Feeds, calendars and files of notices, and taking notices in from files."""

from portal.formats.views import exporting, feeds, importing
from portal.formats.views.pieces import blueprint

__all__ = ["blueprint", "exporting", "feeds", "importing"]
