"""Weeks, months, quarters and halves of years, as days."""

from collections.abc import Mapping
from datetime import date, timedelta

from portal.summaries.models import Rhythm

_MONTHS: Mapping[Rhythm, int] = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3, Rhythm.HALF_YEARLY: 6}
_WEEK = timedelta(days=7)


def begin_of(rhythm: Rhythm, day: date) -> date:
    """Return the first day of the period that a day is in."""
    if rhythm is Rhythm.WEEKLY:
        return day - timedelta(days=day.weekday())
    months = _MONTHS[rhythm]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def end_after(rhythm: Rhythm, day: date) -> date:
    """Return the first day after the period that a day is in."""
    begin = begin_of(rhythm, day)
    if rhythm is Rhythm.WEEKLY:
        return begin + _WEEK
    months = begin.month - 1 + _MONTHS[rhythm]
    return date(begin.year + months // 12, months % 12 + 1, 1)
