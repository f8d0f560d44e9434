"""Calendars as files (.ics), the same for everything that stands in somebody's own calendar."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Event


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
    is_private: bool = False
    """Whether others who see the calendar are shown nothing but that there is something."""
    rule: str = ""
    """How it comes again, as calendars write it."""
    skipped: Sequence[datetime] = ()
    """The times at which it doesn't, though the rule says so."""


def calendar_file(name: str, entries: Iterable[Entry]) -> bytes:
    """Return a calendar as other programs read it, with the clocks that its entries are on."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Plainport//Calendar//")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(_event(entry))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> "Event":
    from icalendar import Event, vRecur

    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", entry.starts)
    event.add("dtend", entry.ends)
    if entry.rule:
        event.add("rrule", vRecur.from_ical(entry.rule))
    for each in entry.skipped:
        event.add("exdate", each)
    event.add("summary", entry.summary)
    event.add("transp", "TRANSPARENT")
    if entry.is_private:
        event.add("class", "PRIVATE")
    for name, text in (("description", entry.description), ("url", entry.url)):
        if text:
            event.add(name, text)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    return event
