"""Tables of tickets: what happens is appended, what was said stays."""

from portal.tickets.models.conversation import ReplyDraft, Seen
from portal.tickets.models.finding import TicketWords, scope_of
from portal.tickets.models.links import LinkKind, TicketLink
from portal.tickets.models.states import (
    UPDATES,
    Audience,
    Decision,
    EventKind,
    Outcome,
    Priority,
    PromiseKind,
    TicketKind,
    TicketState,
    WaitReason,
)
from portal.tickets.models.tables import (
    Attachment,
    Event,
    FeedLink,
    Participant,
    Promise,
    PromiseOutcome,
    Snapshot,
    Ticket,
)

__all__ = [
    "UPDATES",
    "Attachment",
    "Audience",
    "Decision",
    "Event",
    "EventKind",
    "FeedLink",
    "LinkKind",
    "Outcome",
    "Participant",
    "Priority",
    "Promise",
    "PromiseKind",
    "PromiseOutcome",
    "ReplyDraft",
    "Seen",
    "Snapshot",
    "Ticket",
    "TicketKind",
    "TicketLink",
    "TicketState",
    "TicketWords",
    "WaitReason",
    "scope_of",
]
