"""Changes of calendars and policies: each writes the next version."""

from portal.agreements.services.calendars import CalendarDraft, save_calendar
from portal.agreements.services.importing import FeedDay, FeedError, Office, Verdict, normal_hours, read_feed
from portal.agreements.services.policies import PolicyError, save_policy
from portal.agreements.services.shipping import ship

__all__ = [
    "CalendarDraft",
    "FeedDay",
    "FeedError",
    "Office",
    "PolicyError",
    "Verdict",
    "normal_hours",
    "read_feed",
    "save_calendar",
    "save_policy",
    "ship",
]
