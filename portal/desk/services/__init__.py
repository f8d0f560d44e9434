"""Changes that belong to the desk alone."""

from portal.desk.services.filters import MOST_FILTERS, FilterError, forget_filter, keep_filter
from portal.desk.services.many import DONE, MOST_CHOSEN, give_each, join_each, take_each, tell_each

__all__ = [
    "DONE",
    "MOST_CHOSEN",
    "MOST_FILTERS",
    "FilterError",
    "forget_filter",
    "give_each",
    "join_each",
    "keep_filter",
    "take_each",
    "tell_each",
]
