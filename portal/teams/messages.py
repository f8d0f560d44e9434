"""What teams tell our own people, as values."""

from uuid import UUID

from portal.outbox.messages import Message

HEAR_AT_ONCE = "hear-at-once"


def hear_at_once(event_id: UUID, person_id: UUID) -> Message:
    """Tell somebody of us of a ticket that cannot wait."""
    key = f"{HEAR_AT_ONCE}:{event_id}:{person_id}"
    return Message(kind=HEAR_AT_ONCE, subject_id=event_id, person_id=person_id, dedupe_key=key)
