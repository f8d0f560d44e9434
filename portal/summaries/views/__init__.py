"""Pages of service summaries."""

from portal.summaries.views import paper
from portal.summaries.views.reading import init_app
from portal.summaries.views.shelf import blueprint

__all__ = ["blueprint", "init_app", "paper"]
