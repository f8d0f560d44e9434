"""Pages of service summaries."""

from portal.summaries.views import paper
from portal.summaries.views.reading import blueprint, init_app

__all__ = ["blueprint", "init_app", "paper"]
