"""Pages of ratings and calls."""

from portal.ratings.views import calling, landing
from portal.ratings.views.rating import blueprint
from portal.ratings.views.wiring import init_app

__all__ = ["blueprint", "calling", "init_app", "landing"]
