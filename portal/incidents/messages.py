"""What incidents tell people, as values."""

from uuid import UUID

from portal.incidents.models import IncidentUpdate
from portal.outbox.messages import Message

CLOSED = "incident-closed"
SUSPECTED = "surge-suspected"


def closed(update: IncidentUpdate) -> Message:
    """Report to everyone who follows an incident that it is solved, why it happened and what was done."""
    return Message(kind=CLOSED, subject_id=update.id, dedupe_key=f"{CLOSED}:{update.id}")


def suspected(surge_id: UUID, person_id: UUID) -> Message:
    """Tell a lead that something looks like one problem at many places."""
    key = f"{SUSPECTED}:{surge_id}:{person_id}"
    return Message(kind=SUSPECTED, subject_id=surge_id, person_id=person_id, dedupe_key=key)
