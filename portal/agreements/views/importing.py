"""Days from an .ics file: looked at first, then taken over one by one."""

from datetime import date, timedelta

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from portal.agreements.forms import FeedForm, words_for
from portal.agreements.queries import CalendarVersion
from portal.agreements.services import FeedDay, FeedError, Office, Verdict, normal_hours, read_feed
from portal.agreements.services.importing import MOST_BYTES
from portal.agreements.views.blueprint import blueprint, find_calendar
from portal.agreements.views.calendars import keep, with_days
from portal.core import clock
from portal.core.calendar import CalendarError
from portal.core.errors import StaleError
from portal.ui import access, pages
from portal.ui.forms import clean

_LOOKS_BACK = timedelta(days=31)
_MOST_SHOWN = 400
"""So many days can be ticked at once; it is more than three years of holidays."""
_LONGEST_LABEL = 120


@blueprint.get("/desk/promises/calendars/<calendar>/import")
@access.admin
def choose_feed(calendar: str) -> ResponseReturnValue:
    """Ask for an .ics file."""
    return pages.page("agreements/import.html", found=find_calendar(calendar), form=FeedForm(formdata=None))


@blueprint.post("/desk/promises/calendars/<calendar>/import")
@access.admin
def preview_feed(calendar: str) -> ResponseReturnValue:
    """Show the days of a file with what each seems to be; nothing is changed yet."""
    found, form = find_calendar(calendar), FeedForm()
    try:
        days = read_feed(_posted_file(), _office(found))
    except FeedError as error:
        form.refuse(error.code)
        return pages.page("agreements/import.html", found=found, form=form), 422
    ahead = [each for each in days if each.day >= _today(found) - _LOOKS_BACK]
    shown = [each for each in ahead if each.verdict is not Verdict.CLOSED_ANYWAY][:_MOST_SHOWN]
    there = {each.day for each in found.other_days}
    chosen = {each.day for each in shown if each.is_likely} - there
    return _preview(found, shown, chosen, left_out=len(days) - len(ahead))


@blueprint.post("/desk/promises/calendars/<calendar>/import/days")
@access.admin
def take_days(calendar: str) -> ResponseReturnValue:
    """Take over the days that were ticked."""
    found = find_calendar(calendar)
    days = [_read_day(each) for each in request.form.getlist("days")[:_MOST_SHOWN]]
    hours = normal_hours(found.calendar.weekly.values())
    try:
        keep(with_days(found, [each.as_other_day(hours) for each in days]), seen=_seen())
    except (CalendarError, StaleError) as error:
        return _preview(find_calendar(calendar), days, {each.day for each in days}, refused=words_for(error)), 422
    pages.say(ngettext("%(num)d day is taken over.", "%(num)d days are taken over.", len(days)))
    return pages.go_to("agreements.edit_calendar", calendar=calendar)


def _preview(
    found: CalendarVersion, days: list[FeedDay], chosen: set[date], *, left_out: int = 0, refused: str = ""
) -> str:
    """Return the page of a file's days, with those ticked that are chosen."""
    there = {each.day for each in found.other_days}
    shown = [(each, each.day in there, each.day in chosen) for each in days]
    return pages.page("agreements/preview.html", found=found, days=shown, left_out=left_out, refused=refused)


def _seen() -> int:
    """Return the version that the page showed; one that can't be is older than all."""
    given = request.form.get("version", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else -1


def _posted_file() -> bytes:
    file = request.files.get("file")
    if file is None or not file.filename:
        raise FeedError("missing")
    # One byte more than is allowed tells that it is too much.
    return file.stream.read(MOST_BYTES + 1)


def _office(found: CalendarVersion) -> Office:
    working = frozenset(day for day, hours in found.calendar.weekly.items() if hours)
    return Office(found.calendar.zone, working)


def _today(found: CalendarVersion) -> date:
    return clock.now().astimezone(found.calendar.zone).date()


def _read_day(value: str) -> FeedDay:
    """Return a ticked day: its date, what it seemed to be, and its name."""
    day, _, rest = value.partition("|")
    kind, _, label = rest.partition("|")
    try:
        return FeedDay(date.fromisoformat(day), clean(label)[:_LONGEST_LABEL], Verdict(kind))
    except ValueError:
        abort(422)
