"""Working hours as people write them: 09:00-12:00, 13:00-18:00."""

import re
import unicodedata
from collections.abc import Iterable

from portal.core.calendar import CalendarError, Interval, interval

MOST_INTERVALS = 6
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*(?:-|to)\s*(\d{1,2}):(\d{2})")
_BETWEEN_SPANS = re.compile(r"[,;、\n]")
_DASHES = str.maketrans(dict.fromkeys("–—~至到", "-"))
_MIDNIGHT = (24, 0)


def read_hours(text: str) -> tuple[Interval, ...]:
    """Return hours as values; raises ValueError for what can't be read. Nothing written is closed."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    spans = [each.strip() for each in _BETWEEN_SPANS.split(plain) if each.strip()]
    if len(spans) > MOST_INTERVALS:
        raise ValueError("more hours than a day has")
    return tuple(_read_span(each) for each in spans)


def write_hours(intervals: Iterable[Interval]) -> str:
    """Return hours as they are written."""
    return ", ".join(f"{_clock(each.start)}-{_clock(each.end)}" for each in sorted(intervals))


def _read_span(text: str) -> Interval:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError("not a span of hours")
    numbers = [int(each) for each in found.groups()]
    (start, end) = tuple(numbers[:2]), tuple(numbers[2:])
    if not (_is_clock(*start) and (_is_clock(*end) or end == _MIDNIGHT)):
        raise ValueError("not a time of the clock")
    if end == _MIDNIGHT:
        return Interval(start[0] * 60 + start[1], 24 * 60)
    try:
        return interval(f"{start[0]}:{start[1]}", f"{end[0]}:{end[1]}")
    except CalendarError as error:
        raise ValueError("hours that can't be") from error


def _is_clock(hour: int, minute: int) -> bool:
    return hour < 24 and minute < 60


def _clock(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{hour if minutes <= 24 * 60 else hour - 24:02d}:{minute:02d}"
