"""What the board tells people, as values."""

from datetime import date
from uuid import UUID

from portal.outbox.messages import Message

READY = "monthly-reports"


def ready(month: date, person_id: UUID) -> Message:
    """Tell somebody that the reports of a month are there which they asked for: once, whatever their number."""
    key = f"{READY}:{month}:{person_id}"
    parameters = {"month": month.isoformat()}
    return Message(kind=READY, subject_id=None, person_id=person_id, parameters=parameters, dedupe_key=key)
