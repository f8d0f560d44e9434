"""What comes with the portal: the calendar of an office in China, and two policies."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from portal.agreements.models import DayKind
from portal.agreements.terms import DEFAULT, OtherDay, Policy, Targets
from portal.core.calendar import OFFICE, Calendar, interval

CN_OFFICE = "cn-office"
FIRST_YEAR = 2020
YEARS_AHEAD = 2
_HOURS = (interval("09:00", "18:00"),)
_COUNTRY = "CN"
_SATURDAY = 5

POLICIES = (
    Policy(DEFAULT),
    Policy("by_priority", rank=10, is_on=False, targets=Targets(reply_within={"P1": 30, "P2": 60})),
)
"""The first fits every ticket; the second comes switched off, because a vendor has to decide on it."""


@lru_cache(maxsize=8)
def other_days(last_year: int, first_year: int = FIRST_YEAR) -> tuple[OtherDay, ...]:
    """Return China's days off and make-up days as far as they are announced, or follow from the statute."""
    import holidays

    known = holidays.country_holidays(_COUNTRY, years=range(first_year, last_year + 1), language="zh_CN")
    weekdays = [(day, name) for day, name in known.items() if day.weekday() < _SATURDAY]
    off = (OtherDay(day, DayKind.OFF, label=name) for day, name in weekdays)
    # While it looks for lunar days the library fills in years that nobody asked for.
    on = (OtherDay(day, DayKind.ON, _HOURS, "调休上班") for day in known.weekend_workdays if day.year >= first_year)
    return tuple(sorted((*off, *on), key=lambda each: each.day))


def cn_office(last_year: int, *, first_year: int = FIRST_YEAR) -> Calendar:
    """Return the calendar of an office in China: Monday to Friday, 09:00 to 18:00, but for these days."""
    days = {each.day: each.intervals for each in other_days(last_year, first_year)}
    return Calendar(CN_OFFICE, 1, ZoneInfo("Asia/Shanghai"), OFFICE.weekly, days)


@lru_cache(maxsize=128)
def public_holidays(country: str, year: int) -> Mapping[date, str]:
    """Return a country's public holidays of a year."""
    import holidays

    return dict(holidays.country_holidays(country, years=year).items())
