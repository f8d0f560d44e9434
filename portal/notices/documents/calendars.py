"""Maintenance windows as calendars take them: the same window keeps its id, and every change counts up."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.core.calendar_file import Entry
from portal.notices.documents.sheets import url_of
from portal.notices.models import MaintenanceWindow, NoticeState
from portal.notices.queries.reading import ReaderNotice
from portal.ui.prose import plain_keys


def entry_of(window: MaintenanceWindow, notice: ReaderNotice) -> Entry:
    """Return one window as an entry; one that was called off says so, so that it leaves people's calendars."""
    zone = ZoneInfo(window.time_zone)
    first = window.starts_at.astimezone(zone)
    clock_time = time(first.hour, first.minute)
    return Entry(
        uid=f"{window.id}@plainport",
        sequence=window.sequence,
        changed_at=window.changed_at,
        starts=first,
        ends=first + timedelta(minutes=window.minutes),
        summary=notice.title,
        description="\n".join(filter(None, (plain_keys(notice.words.what), plain_keys(notice.words.do)))),
        url=url_of(notice.code),
        is_cancelled=window.cancelled_at is not None or notice.state in (NoticeState.WITHDRAWN, NoticeState.SUPERSEDED),
        rule=window.rule,
        skipped=[datetime.combine(date.fromisoformat(day), clock_time, zone) for day in window.skipped],
    )
