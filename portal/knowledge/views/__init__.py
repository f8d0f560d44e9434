"""The pages of articles."""

from portal.knowledge.views import desk, reading, writing
from portal.knowledge.views.blueprint import blueprint

__all__ = ["blueprint", "desk", "reading", "writing"]
