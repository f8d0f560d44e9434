"""What ratings tell people, as values."""

from datetime import date
from uuid import UUID

from portal.outbox.messages import Message

REMINDER = "rating-reminder"
DIGEST = "call-digest"


def reminder(ticket_id: UUID, person_id: UUID) -> Message:
    """Ask once more how it was; there is one for each ticket, whatever happens."""
    return Message(kind=REMINDER, subject_id=ticket_id, person_id=person_id, dedupe_key=reminder_key(ticket_id))


def reminder_key(ticket_id: UUID) -> str:
    """Return what makes the reminder of a ticket the only one."""
    return f"{REMINDER}:{ticket_id}"


def digest(person_id: UUID, day: date) -> Message:
    """Tell somebody in support in the morning whom to call."""
    return Message(kind=DIGEST, subject_id=None, person_id=person_id, dedupe_key=digest_key(person_id, day))


def digest_key(person_id: UUID, day: date) -> str:
    """Return what makes the digest of a day the only one."""
    return f"{DIGEST}:{person_id}:{day}"
