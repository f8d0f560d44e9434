"""What incidents tell people, as values."""

from portal.incidents.models import IncidentUpdate
from portal.outbox.messages import Message

CLOSED = "incident-closed"


def closed(update: IncidentUpdate) -> Message:
    """Report to everyone who follows an incident that it is solved, why it happened and what was done."""
    return Message(kind=CLOSED, subject_id=update.id, dedupe_key=f"{CLOSED}:{update.id}")
