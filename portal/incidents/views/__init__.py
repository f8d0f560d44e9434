"""The pages of surges and incidents."""

from portal.incidents.views import board
from portal.incidents.views.blueprint import blueprint
from portal.incidents.views.telling import init_app

__all__ = ["blueprint", "board", "init_app"]
