"""Calendars on the desk: the week, and the days that differ."""

from dataclasses import replace
from datetime import date, timedelta

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.agreements import services
from portal.agreements.forms import CalendarForm, DayForm
from portal.agreements.forms.hours import write_hours
from portal.agreements.queries import CalendarVersion
from portal.agreements.services import CalendarDraft
from portal.agreements.terms import OtherDay
from portal.agreements.views.blueprint import blueprint, find_calendar
from portal.core import clock, web
from portal.core.calendar import CalendarError
from portal.core.errors import StaleError
from portal.ui import access, pages
from portal.ui.access import current_actor

_LOOKS_BACK = timedelta(days=31)
_MOST_SHOWN = 120


@blueprint.get("/desk/promises/calendars/<calendar>")
@access.admin
def edit_calendar(calendar: str) -> ResponseReturnValue:
    """Show a calendar's week and days, to change them."""
    return show_calendar(find_calendar(calendar))


@blueprint.post("/desk/promises/calendars/<calendar>")
@access.admin
def save_week(calendar: str) -> ResponseReturnValue:
    """Let another week apply from now on."""
    found, form = find_calendar(calendar), CalendarForm(prefix="week")
    if not form.validate_on_submit():
        return show_calendar(found, week=form), 422
    try:
        keep(form.draft(found), seen=form.seen)
    except (CalendarError, StaleError) as error:
        form.refuse(error)
        return show_calendar(find_calendar(calendar), week=form), 422
    return _saved(calendar)


@blueprint.post("/desk/promises/calendars/<calendar>/days")
@access.admin
def add_day(calendar: str) -> ResponseReturnValue:
    """Let one day have hours of its own; what it had before is replaced."""
    found, form = find_calendar(calendar), DayForm(prefix="day")
    if not form.validate_on_submit():
        return show_calendar(found, day=form), 422
    try:
        keep(_with_days(found, [form.other_day]), seen=form.seen)
    except (CalendarError, StaleError) as error:
        form.refuse(error)
        return show_calendar(find_calendar(calendar), day=form), 422
    return _saved(calendar)


@blueprint.post("/desk/promises/calendars/<calendar>/days/remove")
@access.admin
def remove_day(calendar: str) -> ResponseReturnValue:
    """Let a day be as its weekday is."""
    found = find_calendar(calendar)
    try:
        day = date.fromisoformat(request.form.get("day", ""))
    except ValueError:
        abort(422)
    left = [each for each in found.other_days if each.day != day]
    if len(left) == len(found.other_days):
        return pages.go_to("agreements.edit_calendar", calendar=calendar)
    try:
        keep(replace(_draft(found), other_days=left), seen=found.calendar.version)
    except StaleError:
        abort(422)
    return _saved(calendar)


def keep(draft: CalendarDraft, *, seen: int) -> None:
    """Save a calendar's next version."""
    with web.changing() as session:
        services.save_calendar(session, draft, by=current_actor(), at=clock.now(), seen=seen)


def with_days(found: CalendarVersion, days: list[OtherDay]) -> CalendarDraft:
    """Return the next version with days added; each replaces what its day had before."""
    return _with_days(found, days)


def show_calendar(found: CalendarVersion, *, week: CalendarForm | None = None, day: DayForm | None = None) -> str:
    """Return a calendar's page; what was sent and refused stands in it as it was typed."""
    today = clock.now().astimezone(found.calendar.zone).date()
    shown = [each for each in found.other_days if each.day >= today - _LOOKS_BACK]
    if week is None:
        week = CalendarForm(formdata=None, prefix="week")
        week.show(found)
    day = day or DayForm(formdata=None, prefix="day")
    # What has changed is on the page now, so that saving again is a decision.
    week.version.data = day.version.data = str(found.calendar.version)
    return pages.page(
        "agreements/calendar.html",
        found=found,
        week=week,
        day=day,
        days=[(each, write_hours(each.intervals)) for each in shown[:_MOST_SHOWN]],
        has_more=len(shown) > _MOST_SHOWN,
    )


def _draft(found: CalendarVersion) -> CalendarDraft:
    calendar = found.calendar
    return CalendarDraft(calendar.name, calendar.zone.key, calendar.weekly, found.other_days)


def _with_days(found: CalendarVersion, days: list[OtherDay]) -> CalendarDraft:
    all_days = {each.day: each for each in (*found.other_days, *days)}
    return replace(_draft(found), other_days=[all_days[each] for each in sorted(all_days)])


def _saved(calendar: str) -> ResponseReturnValue:
    pages.say(_("This applies from now on. What was promised before stays as it was."))
    return pages.go_to("agreements.edit_calendar", calendar=calendar)
