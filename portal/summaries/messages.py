"""What summaries tell people, as values."""

from uuid import UUID

from portal.outbox.messages import Message

READY = "summary-ready"


def ready(summary_id: UUID, person_id: UUID) -> Message:
    """Tell a reader that there is a new summary."""
    key = f"{READY}:{summary_id}:{person_id}"
    return Message(kind=READY, subject_id=summary_id, person_id=person_id, dedupe_key=key)
