"""Changes to tickets; each writes its event, its promises and its messages in the caller's transaction."""

from portal.tickets.services.accepting import AcceptError, accept_date
from portal.tickets.services.clock_pass import mark_missed, settle_due
from portal.tickets.services.conversation import Update, UpdateError, add_note, add_update, say_sorry
from portal.tickets.services.drafts import forget_reply, keep_reply
from portal.tickets.services.endings import Resolution, ResolutionError, cancel, confirm, reopen, resolve
from portal.tickets.services.finding import gather_terms
from portal.tickets.services.joining import LinkError
from portal.tickets.services.linking import Part, relate, split, unrelate
from portal.tickets.services.moves import StateChange, change_state
from portal.tickets.services.opening import Opening, open_ticket, revise_snapshot
from portal.tickets.services.printing import have_printed
from portal.tickets.services.promises import PromiseError
from portal.tickets.services.seeing import note_seen
from portal.tickets.services.sharing import SharingError, share, unshare
from portal.tickets.services.steps import StepAnswer, StepsError, answer_steps
from portal.tickets.services.urgency import Taker, assign, escalate, give_to, prioritise
from portal.tickets.services.verifying import CallBackError, verify_callback
from portal.tickets.services.wishes import Verdict, WishError, decide

__all__ = [
    "AcceptError",
    "CallBackError",
    "LinkError",
    "Opening",
    "Part",
    "PromiseError",
    "Resolution",
    "ResolutionError",
    "SharingError",
    "StateChange",
    "StepAnswer",
    "StepsError",
    "Taker",
    "Update",
    "UpdateError",
    "Verdict",
    "WishError",
    "accept_date",
    "add_note",
    "add_update",
    "answer_steps",
    "assign",
    "cancel",
    "change_state",
    "confirm",
    "decide",
    "escalate",
    "forget_reply",
    "gather_terms",
    "give_to",
    "have_printed",
    "keep_reply",
    "mark_missed",
    "note_seen",
    "open_ticket",
    "prioritise",
    "relate",
    "reopen",
    "resolve",
    "revise_snapshot",
    "say_sorry",
    "settle_due",
    "share",
    "split",
    "unrelate",
    "unshare",
    "verify_callback",
]
