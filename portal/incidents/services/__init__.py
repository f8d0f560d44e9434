"""Changes to incidents: noticing and declaring them, joining tickets to the notice about their common problem."""

from portal.incidents.services.declaring import Declaration, DeclareError, declare, end, say_next
from portal.incidents.services.linking import LinkError, link, unlink
from portal.incidents.services.watching import Watching, key_of

__all__ = [
    "Declaration",
    "DeclareError",
    "LinkError",
    "Watching",
    "declare",
    "end",
    "key_of",
    "link",
    "say_next",
    "unlink",
]
