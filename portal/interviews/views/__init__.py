"""The pages of an interview."""

from portal.interviews.views import checking, emergencies, files, page, parking, starting
from portal.interviews.views.finding import blueprint

__all__ = ["blueprint", "checking", "emergencies", "files", "page", "parking", "starting"]
