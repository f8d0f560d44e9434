"""Times and dates as readers read them, in their own zone and language."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date as say_date

from portal.core import clock
from portal.core.i18n import catalogue

_DAY = {"en": "d MMMM", "zh_Hans": "M 月 d 日", "zh_Hant": "M 月 d 日"}
_DAY_OF_WEEK = {"en": "EEEE d MMMM", "zh_Hans": "M 月 d 日，EEE", "zh_Hant": "M 月 d 日，EEE"}
_MONTH = {"en": "MMMM y", "zh_Hans": "y 年 M 月", "zh_Hant": "y 年 M 月"}
_DAY_AND_YEAR = {"en": "d MMMM y", "zh_Hans": "y 年 M 月 d 日", "zh_Hant": "y 年 M 月 d 日"}


@lru_cache(maxsize=2000)
def format_date(on: date, pattern: str, locale: str) -> str:
    """Return a date as a pattern writes it; the same few dates stand on every page."""
    return say_date(on, pattern, locale=locale)


def clock_time(moment: datetime, zone: ZoneInfo) -> str:
    """Return the hour and minute, 14:30."""
    return moment.astimezone(zone).strftime("%H:%M")


def day(moment: datetime | date, locale: str, zone: ZoneInfo) -> str:
    """Return the day, with the year where it is another one."""
    on = moment.astimezone(zone).date() if isinstance(moment, datetime) else moment
    this_year = clock.now().astimezone(zone).year
    pattern = _DAY if on.year == this_year else _DAY_AND_YEAR
    return format_date(on, pattern[locale], locale)


def whole_day(moment: datetime, locale: str, zone: ZoneInfo) -> str:
    """Return the day with its year, whichever it is: paper is read long after it was printed."""
    return format_date(moment.astimezone(zone).date(), _DAY_AND_YEAR[locale], locale)


def day_of_week(moment: datetime, locale: str, zone: ZoneInfo) -> str:
    """Return the day with its name, Tuesday 21 April."""
    return format_date(moment.astimezone(zone).date(), _DAY_OF_WEEK[locale], locale)


def month(on: date, locale: str) -> str:
    """Return the month that a day is in, October 2026."""
    return format_date(on, _MONTH[locale], locale)


def moment_in_words(moment: datetime, locale: str, zone: ZoneInfo) -> str:
    """Return "today 14:30" or "21 April 14:30"."""
    words = catalogue(locale)
    distance = moment.astimezone(zone).date() - clock.now().astimezone(zone).date()
    time = clock_time(moment, zone)
    if distance == timedelta(0):
        return words.gettext("today %(time)s") % {"time": time}
    if distance == timedelta(1):
        return words.gettext("tomorrow %(time)s") % {"time": time}
    if distance == timedelta(-1):
        return words.gettext("yesterday %(time)s") % {"time": time}
    return words.gettext("%(day)s %(time)s") % {"day": day(moment, locale, zone), "time": time}


def end_in_words(end: datetime, begin: datetime, locale: str, zone: ZoneInfo) -> str:
    """Return when something ends: the time alone where that is on the day on which it began."""
    is_same_day = end.astimezone(zone).date() == begin.astimezone(zone).date()
    return clock_time(end, zone) if is_same_day else moment_in_words(end, locale, zone)


def iso(moment: datetime | date) -> str:
    """Return what a ``time`` element's ``datetime`` says."""
    return moment.isoformat(timespec="seconds") if isinstance(moment, datetime) else moment.isoformat()


def zone_name(zone: ZoneInfo, locale: str) -> str:
    """Return the zone as a reader calls it: Beijing time."""
    words = catalogue(locale)
    if zone.key in ("Asia/Shanghai", "PRC"):
        return words.gettext("Beijing time")
    return zone.key.replace("_", " ")
