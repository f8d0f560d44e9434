"""What an admin writes about calendars and policies."""

from portal.agreements.forms.calendars import CalendarForm, DayForm, FeedForm, words_for
from portal.agreements.forms.policies import PolicyForm

__all__ = ["CalendarForm", "DayForm", "FeedForm", "PolicyForm", "words_for"]
