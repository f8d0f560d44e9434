"""Reading days off and make-up days from an .ics file, with an opinion on each: feeds are full of days people work."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from babel.core import get_global

from portal.agreements import shipped
from portal.agreements.models import DayKind
from portal.agreements.terms import OtherDay
from portal.core.calendar import Interval
from portal.core.errors import DomainError

if TYPE_CHECKING:
    from icalendar import Component

MOST_BYTES = 512 * 1024
MOST_DAYS = 2000
_LONGEST_EVENT = timedelta(days=31)
_LONGEST_LABEL = 120
_WORKED = re.compile(
    r"[（(]\s*班\s*[）)]|补班|補班|上班|补课|make-?up (?:work|day)|working (?:day|saturday|sunday)", re.I
)
_CLOSED = re.compile(
    r"[（(]\s*休\s*[）)]|放假|休假|休市|停业|public holiday|bank holiday|office closed|\bclosed\b", re.I
)
_OBSERVED = re.compile(
    r"observance|not a (?:public|bank) holiday"
    r"|情人|妇女节|婦女節|植树|植樹|愚人|青年节|母亲节|母親節|护士|儿童节|兒童節|父亲节|父親節|建党|建军|教师|教師|万圣|萬聖|感恩"
    r"|平安夜|圣诞|聖誕|元宵|七夕|中元|重阳|重陽|腊八|小年|龙抬头"
    r"|小寒|大寒|立春|雨水|惊蛰|春分|谷雨|立夏|小满|芒种|夏至|小暑|大暑|立秋|处暑|白露|秋分|寒露|霜降|立冬|小雪|大雪|冬至"
    r"|(?:valentine|women|arbou?r|mother|father|children|teacher|nurse)s?['’]?s? day|april fool"
    r"|halloween|christmas eve|lantern festival|earth day|solstice|equinox|daylight saving|birthday|moon",
    re.I,
)
_WORK_MARKS = {"ALTERNATE-WORKDAY": DayKind.ON, "WORK-HOLIDAY": DayKind.OFF}


class FeedError(DomainError):
    """A file that can't be used: ``too-large``, ``not-a-calendar``, ``too-many-days`` or ``nothing-in-it``."""


class Verdict(StrEnum):
    """What a day of a feed seems to be."""

    HOLIDAY = "holiday"
    """The library knows it as a public holiday, or the feed says that offices are closed."""
    MAKE_UP = "make-up"
    OBSERVANCE = "observance"
    """A day with a name on which people work."""
    UNKNOWN = "unknown"
    CLOSED_ANYWAY = "closed-anyway"
    """Its weekday isn't worked."""


@dataclass(frozen=True, slots=True)
class FeedDay:
    """A day of a feed, and what it seems to be."""

    day: date
    label: str
    verdict: Verdict

    @property
    def is_likely(self) -> bool:
        """Whether it is taken over unless somebody objects."""
        return self.verdict in (Verdict.HOLIDAY, Verdict.MAKE_UP)

    def as_other_day(self, hours: Sequence[Interval]) -> OtherDay:
        """Return it as a calendar's exception; a make-up day has the hours of a working day."""
        if self.verdict is Verdict.MAKE_UP:
            return OtherDay(self.day, DayKind.ON, tuple(hours), self.label)
        return OtherDay(self.day, DayKind.OFF, label=self.label)


@dataclass(frozen=True, slots=True)
class Office:
    """The calendar that a feed is read for, as far as it decides on what its days seem to be."""

    zone: ZoneInfo
    working_weekdays: frozenset[int]

    def knows(self, day: date) -> bool:
        """Whether the library knows a public holiday of the zone's country on a day."""
        country = get_global("zone_territories").get(self.zone.key)
        return day in shipped.public_holidays(str(country), day.year) if country else False


def read_feed(content: bytes, office: Office) -> list[FeedDay]:
    """Return the whole days of an .ics file, in order; raises FeedError for a file that can't be used."""
    if len(content) > MOST_BYTES:
        raise FeedError("too-large", most=MOST_BYTES)
    if content.upper().count(b"BEGIN:VEVENT") > MOST_DAYS:
        raise FeedError("too-many-days", most=MOST_DAYS)
    try:
        found = {day.day: day for event in _events(content) for day in _days(event, office)}
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError) as error:
        # The library's errors are as manifold as the files that people have.
        raise FeedError("not-a-calendar") from error
    if not found:
        raise FeedError("nothing-in-it")
    if len(found) > MOST_DAYS:
        raise FeedError("too-many-days", most=MOST_DAYS)
    return [found[day] for day in sorted(found)]


def normal_hours(weekly: Iterable[Sequence[Interval]]) -> tuple[Interval, ...]:
    """Return the hours of the week's first working day, for a day that is worked in place of another."""
    return next((tuple(each) for each in weekly if each), ())


def _events(content: bytes) -> Iterator["Component"]:
    from icalendar import Calendar as Feed

    text = content.decode("utf-8-sig")
    if "BEGIN:VCALENDAR" not in text.upper():
        raise ValueError("no calendar in it")
    for calendar in Feed.from_ical(text, multiple=True):
        yield from calendar.walk("VEVENT")


def _days(event: "Component", office: Office) -> Iterator[FeedDay]:
    """Yield each day that an event covers; a meeting in the afternoon closes no office."""
    start = event.decoded("DTSTART") if "DTSTART" in event else None
    if not isinstance(start, date) or isinstance(start, datetime):
        return
    end = event.decoded("DTEND") if "DTEND" in event else start + timedelta(days=1)
    if isinstance(end, datetime) or not isinstance(end, date) or end - start > _LONGEST_EVENT:
        return
    label = " ".join(str(event.get("SUMMARY", "")).split())[:_LONGEST_LABEL]
    for number in range(max(1, (end - start).days)):
        day = start + timedelta(days=number)
        yield FeedDay(day, label, _verdict(event, label, day, office))


def _verdict(event: "Component", label: str, day: date, office: Office) -> Verdict:
    said = f"{label} {event.get('DESCRIPTION', '')}"
    mark = _WORK_MARKS.get(str(event.get("X-APPLE-SPECIAL-DAY", "")))
    if mark is DayKind.ON or _WORKED.search(said):
        return Verdict.MAKE_UP
    if day.weekday() not in office.working_weekdays:
        return Verdict.CLOSED_ANYWAY
    if mark is DayKind.OFF or _CLOSED.search(said) or office.knows(day):
        return Verdict.HOLIDAY
    return Verdict.OBSERVANCE if _OBSERVED.search(said) else Verdict.UNKNOWN
