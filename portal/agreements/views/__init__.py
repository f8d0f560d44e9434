"""What we promise, for everybody to read; calendars and policies, for admins to change."""

from portal.agreements.views import calendars, importing, policies, reading
from portal.agreements.views.blueprint import blueprint, init_app

__all__ = ["blueprint", "calendars", "importing", "init_app", "policies", "reading"]
