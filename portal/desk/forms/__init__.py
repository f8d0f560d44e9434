"""What agents write on a ticket: each form knows the words for what the rules of tickets refuse."""

from portal.desk.forms.base import TicketForm
from portal.desk.forms.calling import CallerForm
from portal.desk.forms.choosing import (
    NOBODY,
    FilterForm,
    GivingForm,
    ManyForm,
    ManyJoinForm,
    ManyToForm,
    ManyUpdateForm,
)
from portal.desk.forms.deciding import (
    NoteForm,
    PriorityForm,
    ReopeningForm,
    ResolutionForm,
    StepsForm,
    TakingForm,
    VerifyingForm,
)
from portal.desk.forms.linking import LinkForm, SameForm, SplitForm, UnlinkForm
from portal.desk.forms.moving import MoveForm, UpdateForm
from portal.desk.forms.plain import WordedTicketForm
from portal.desk.forms.wishes import VerdictForm

__all__ = [
    "NOBODY",
    "CallerForm",
    "FilterForm",
    "GivingForm",
    "LinkForm",
    "ManyForm",
    "ManyJoinForm",
    "ManyToForm",
    "ManyUpdateForm",
    "MoveForm",
    "NoteForm",
    "PriorityForm",
    "ReopeningForm",
    "ResolutionForm",
    "SameForm",
    "SplitForm",
    "StepsForm",
    "TakingForm",
    "TicketForm",
    "UnlinkForm",
    "UpdateForm",
    "VerdictForm",
    "VerifyingForm",
    "WordedTicketForm",
]
