"""Changes to incidents: noticing and declaring them, joining tickets to the notice about their common problem."""

from portal.incidents.services.declaring import Declaration, DeclareError, declare, end, say_next
from portal.incidents.services.linking import LinkError, link, unlink
from portal.incidents.services.updating import (
    UPDATE_JOB,
    IncidentError,
    resolve_incident,
    tell_all,
    tell_some,
    write_update,
)
from portal.incidents.services.watching import Watching, key_of

__all__ = [
    "UPDATE_JOB",
    "Declaration",
    "DeclareError",
    "IncidentError",
    "LinkError",
    "Watching",
    "declare",
    "end",
    "key_of",
    "link",
    "resolve_incident",
    "say_next",
    "tell_all",
    "tell_some",
    "unlink",
    "write_update",
]
