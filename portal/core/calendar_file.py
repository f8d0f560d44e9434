"""Calendars as files (.ics), the same for everything that stands in somebody's own calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from icalendar import Calendar, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that stands in a calendar; a later sequence takes the place of an earlier one."""

    uid: str
    sequence: int
    changed_at: datetime
    starts: date | datetime
    """A day for what takes all of it."""
    ends: date | datetime
    summary: str
    description: str = ""
    url: str = ""
    is_cancelled: bool = False


def calendar_file(name: str, entries: Iterable[Entry]) -> bytes:
    """Return a calendar as other programs read it."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Plainport//Notices//")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at)
    event.add("dtstart", entry.starts)
    event.add("dtend", entry.ends)
    event.add("summary", entry.summary)
    event.add("transp", "TRANSPARENT")
    for name, text in (("description", entry.description), ("url", entry.url)):
        if text:
            event.add(name, text)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    return event
