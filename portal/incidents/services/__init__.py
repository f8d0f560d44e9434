"""Changes to incidents: noticing and declaring them, joining tickets to the notice about their common problem."""

from portal.incidents.services.declaring import Declaration, DeclareError, declare, end, say_next
from portal.incidents.services.linking import LinkError, link, unlink
from portal.incidents.services.putting_aside import AsideError, aside_of, put_aside, take_back
from portal.incidents.services.updating import (
    UPDATE_JOB,
    IncidentError,
    note_told,
    resolve_incident,
    tell_all,
    tell_some,
    tickets_to_tell,
    write_update,
)
from portal.incidents.services.watching import Watching, key_of

__all__ = [
    "UPDATE_JOB",
    "AsideError",
    "Declaration",
    "DeclareError",
    "IncidentError",
    "LinkError",
    "Watching",
    "aside_of",
    "declare",
    "end",
    "key_of",
    "link",
    "note_told",
    "put_aside",
    "resolve_incident",
    "say_next",
    "take_back",
    "tell_all",
    "tell_some",
    "tickets_to_tell",
    "unlink",
    "write_update",
]
