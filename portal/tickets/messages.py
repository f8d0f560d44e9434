"""What tickets tell people, as values: ids only, the words are found when it is delivered."""

from uuid import UUID

from portal.outbox.messages import Message

RECEIVED = "ticket-received"
UPDATE = "ticket-update"
QUESTION = "ticket-question"
SOLVED = "ticket-solved"
LATE = "ticket-late"
REMINDER = "ticket-reminder"
CLOSED = "ticket-closed"
DUE_SOON = "ticket-due-soon"
OVERDUE = "ticket-overdue"
KINDS = (RECEIVED, UPDATE, QUESTION, SOLVED, LATE, REMINDER, CLOSED)
"""Everything a customer is told about a ticket."""
WARNINGS = (DUE_SOON, OVERDUE)
"""What our own people are told about a promise."""
CANNOT_WAIT = "ticket-cannot-wait"
"""Has to be heard of at once by our own people; who they are is found when it is delivered, as the duty then is."""


def cannot_wait(event_id: UUID) -> Message:
    """Return what to tell those who have to hear of it at once."""
    return Message(kind=CANNOT_WAIT, subject_id=event_id, dedupe_key=f"{CANNOT_WAIT}:{event_id}")


def about(kind: str, *, event_id: UUID, person_id: UUID) -> Message:
    """Return what to tell somebody about an event; each is told once about it."""
    return Message(kind=kind, subject_id=event_id, person_id=person_id, dedupe_key=f"{kind}:{event_id}:{person_id}")
