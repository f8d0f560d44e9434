"""The pages of an interview."""

from portal.interviews.views import checking, emergencies, files, page, parking, starting
from portal.interviews.views.finding import blueprint
from portal.interviews.views.wiring import init_app

__all__ = ["blueprint", "checking", "emergencies", "files", "init_app", "page", "parking", "starting"]
