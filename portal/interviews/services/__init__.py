"""Changes to interviews: starting, saving each page, sending, going on with details, parking what came too late."""

from portal.interviews.services.drafts import (
    Beginning,
    Caller,
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
from portal.interviews.services.issues import finish_solved
from portal.interviews.services.parking import new_token, open_parked, park
from portal.interviews.services.sending import NO_CODES, Sent, fault_type_of, revise, send, sent_before, title_of
from portal.interviews.services.upgrading import Upgrade, goes_on, upgraded
from portal.interviews.services.visits import Visit, note_visits, visit_of

__all__ = [
    "NO_CODES",
    "Beginning",
    "Caller",
    "DraftError",
    "NewFile",
    "Sent",
    "Step",
    "Upgrade",
    "Visit",
    "begin",
    "fault_type_of",
    "finish",
    "finish_solved",
    "goes_on",
    "keep_files",
    "new_token",
    "note_visits",
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
    "upgraded",
    "visit_of",
]
