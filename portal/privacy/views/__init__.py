"""Pages about what is known of a person."""

from portal.privacy.views import desk
from portal.privacy.views.own import blueprint
from portal.privacy.views.wiring import init_app

__all__ = ["blueprint", "desk", "init_app"]
