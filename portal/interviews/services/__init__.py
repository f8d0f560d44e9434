"""Changes to interviews: starting, saving each page, sending, going on with details, parking what came too late."""

from portal.interviews.services.drafts import (
    Beginning,
    DraftError,
    NewFile,
    Step,
    begin,
    finish,
    keep_files,
    purge,
    purging,
    save,
    start,
)
from portal.interviews.services.parking import new_token, open_parked, park
from portal.interviews.services.sending import Sent, revise, send, sent_before, title_of

__all__ = [
    "Beginning",
    "DraftError",
    "NewFile",
    "Sent",
    "Step",
    "begin",
    "finish",
    "keep_files",
    "new_token",
    "open_parked",
    "park",
    "purge",
    "purging",
    "revise",
    "save",
    "send",
    "sent_before",
    "start",
    "title_of",
]
