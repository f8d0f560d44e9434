"""Changes of how the portal is set up."""

from portal.administration.services.errors import SetupError
from portal.administration.services.registers import add, change, close
from portal.administration.services.taking import COLUMNS, LIST_JOB, NEEDED, Received, go_on, receive, take_in

__all__ = [
    "COLUMNS",
    "LIST_JOB",
    "NEEDED",
    "Received",
    "SetupError",
    "add",
    "change",
    "close",
    "go_on",
    "receive",
    "take_in",
]
