"""Pages of notices: for readers, and for the agents who write them."""

from portal.notices.views import answering, approving, desk, reading, sending, writing
from portal.notices.views.pieces import blueprint

__all__ = ["answering", "approving", "blueprint", "desk", "reading", "sending", "writing"]
