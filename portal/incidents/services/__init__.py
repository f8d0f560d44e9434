"""Changes to incidents: joining tickets to the notice about their common problem."""

from portal.incidents.services.linking import LinkError, link, unlink

__all__ = ["LinkError", "link", "unlink"]
