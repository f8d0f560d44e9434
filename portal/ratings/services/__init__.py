"""Changes of ratings and calls."""

from portal.ratings.services.calls import Call, note_call
from portal.ratings.services.clock_pass import send_digests, send_reminders
from portal.ratings.services.rating import Answer, rate

__all__ = ["Answer", "Call", "note_call", "rate", "send_digests", "send_reminders"]
