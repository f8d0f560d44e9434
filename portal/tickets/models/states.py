"""What tickets, events and promises can be."""

from enum import StrEnum


class TicketState(StrEnum):
    """Where a ticket stands, as support knows it."""

    NEW = "new"
    TRIAGED = "triaged"
    IN_PROGRESS = "in_progress"
    WAITING_CUSTOMER = "waiting_customer"
    WAITING_INTERNAL = "waiting_internal"
    WAITING_VENDOR = "waiting_vendor"
    FIX_SCHEDULED = "fix_scheduled"
    RESOLVED = "resolved"
    CLOSED = "closed"
    DUPLICATE = "duplicate"
    CANCELLED = "cancelled"


class Priority(StrEnum):
    """How soon a ticket needs us."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


class TicketKind(StrEnum):
    """What somebody has come with: something that doesn't work, or something they wish for."""

    PROBLEM = "problem"
    FEATURE = "feature"
    SERVICE = "service"


class Decision(StrEnum):
    """What we have decided about a wish."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    LATER = "later"


class WaitReason(StrEnum):
    """Why a ticket rests with us, said to the customer in plain words."""

    VERIFYING = "verifying"
    REVIEW = "review"
    DEVELOPMENT = "development"
    RELEASE = "release"


class EventKind(StrEnum):
    """What happened."""

    OPENED = "opened"
    REPLIED = "replied"
    """By the customer."""
    UPDATED = "updated"
    """By us, for the customer; the next three are updates too."""
    ASKED = "asked"
    PLANNED = "planned"
    RESOLVED = "resolved"
    NOTED = "noted"
    MOVED = "moved"
    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    """The customer agreed to hear from us later, because a fix is planned for a date."""
    VERIFIED = "verified"
    """Somebody called and knows now whose call-back it is."""
    PRIORITISED = "prioritised"
    PROMISE_MISSED = "promise_missed"
    DESCRIBED = "described"
    """The snapshot has a new revision."""
    ESCALATED = "escalated"
    CONFIRMED = "confirmed"
    REOPENED = "reopened"
    CANCELLED = "cancelled"
    SHARED = "shared"
    UNSHARED = "unshared"
    REMINDED = "reminded"
    APOLOGISED = "apologised"
    """By us, after a call about how it went; it keeps no promise."""
    CLOSED = "closed"
    DECIDED = "decided"
    """A wish is accepted, declined, or put off."""
    VISITED = "visited"
    """Somebody of us was there."""
    LINKED = "linked"
    """It belongs to a problem that a notice is about; what is said there is said here, too."""
    UNLINKED = "unlinked"
    RELATED = "related"
    """Another ticket belongs to it, because it is linked, was a part of it, or ended as the same."""
    UNRELATED = "unrelated"
    SPLIT = "split"
    """A part of it goes on in a ticket of its own."""
    ACTION_DONE = "action_done"
    """Something that was agreed on a visit is done."""
    ACTION_LATE = "action_late"
    """Something that was agreed on a visit is not done in time; the event brings the new time."""
    LOOKED_BACK = "looked_back"
    """What was learned from an emergency can be read; the event leads there."""


UPDATES = frozenset(
    {
        EventKind.UPDATED,
        EventKind.ASKED,
        EventKind.PLANNED,
        EventKind.RESOLVED,
        EventKind.DECIDED,
        EventKind.VISITED,
    }
)
"""What keeps a promise: words from us that say something."""


class Audience(StrEnum):
    """Who may see an event; internal ones never leave the desk."""

    CUSTOMER = "customer"
    INTERNAL = "internal"


class PromiseKind(StrEnum):
    """What a promise is about."""

    FIRST_REPLY = "first_reply"
    NEXT_UPDATE = "next_update"
    RESOLUTION = "resolution"
    ACTION = "action"
    """Something that was agreed on a visit; no update ends it, only doing it."""


class Outcome(StrEnum):
    """How a promise ended."""

    KEPT = "kept"
    MISSED = "missed"
    SUPERSEDED = "superseded"
