"""Maintenance windows as calendars take them: the same window keeps its id, and every change counts up."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from portal.notices.models import MaintenanceWindow, NoticeState
from portal.notices.queries.reading import ReaderNotice
from portal.ui import languages, prose

if TYPE_CHECKING:
    from icalendar import Event


def calendar_of(windows: Iterable[tuple[MaintenanceWindow, ReaderNotice]]) -> bytes:
    """Return a calendar file with windows and the clocks that they are on."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Plainport//Maintenance//")
    calendar.add("method", "PUBLISH")
    for window, notice in windows:
        calendar.add_component(event_of(window, notice))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def event_of(window: MaintenanceWindow, notice: ReaderNotice) -> "Event":
    """Return one window as an event; one that was called off says so, so that it leaves people's calendars."""
    from icalendar import Event, vRecur

    zone = ZoneInfo(window.time_zone)
    first = window.starts_at.astimezone(zone)
    is_off = window.cancelled_at is not None or notice.state in (NoticeState.WITHDRAWN, NoticeState.SUPERSEDED)
    event = Event()
    event.add("uid", f"{window.id}@plainport")
    event.add("sequence", window.sequence)
    event.add("dtstamp", window.changed_at)
    event.add("last-modified", window.changed_at)
    event.add("dtstart", first)
    event.add("dtend", first + timedelta(minutes=window.minutes))
    if window.rule:
        event.add("rrule", vRecur.from_ical(window.rule))
    for day in window.skipped:
        event.add("exdate", datetime.combine(date.fromisoformat(day), time(first.hour, first.minute), zone))
    event.add("summary", notice.title)
    event.add("description", "\n".join(filter(None, (_plain(notice.words.what), _plain(notice.words.do)))))
    event.add("url", f"{languages.settings().public_url.rstrip('/')}/notices/{notice.code}")
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _plain(text: str) -> str:
    return prose.plain_keys(text)
