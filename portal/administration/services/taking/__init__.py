"""Lists from elsewhere: kept row by row, looked through, and taken in, a piece at a time."""

from portal.administration.services.taking.going_on import go_on
from portal.administration.services.taking.judging import COLUMNS, NEEDED
from portal.administration.services.taking.receiving import LIST_JOB, Received, receive, take_in

__all__ = ["COLUMNS", "LIST_JOB", "NEEDED", "Received", "go_on", "receive", "take_in"]
