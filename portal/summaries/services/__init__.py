"""Changes of summaries: how often they come, who reads them, and making them."""

from portal.summaries.services.making import make_due
from portal.summaries.services.periods import begin_of, end_after
from portal.summaries.services.planning import plan, read_along

__all__ = ["begin_of", "end_after", "make_due", "plan", "read_along"]
