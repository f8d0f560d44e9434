"""What we promise, in numbers: the policies that apply and the hours they count."""

from datetime import timedelta

from flask.typing import ResponseReturnValue

from portal.agreements.forms.hours import write_hours
from portal.agreements.queries import CalendarVersion, calendars, policies
from portal.agreements.views.blueprint import blueprint
from portal.core import clock, web
from portal.ui import access, pages

_AHEAD = timedelta(days=366)
_MOST_DAYS = 40


@blueprint.get("/promises")
@access.signed_in
def show() -> ResponseReturnValue:
    """Say what is promised to whom, and when work is done."""
    session = web.reading()
    found = [each.policy for each in policies(session) if each.policy.is_on]
    names = {each.calendar for each in found}
    used = [_shown(each) for each in calendars(session) if each.calendar.name in names]
    return pages.page("agreements/promises.html", policies=found, calendars=used)


def _shown(found: CalendarVersion) -> dict[str, object]:
    """Return a calendar as people read it: the week, and the days ahead that differ."""
    today = clock.now().astimezone(found.calendar.zone).date()
    ahead = [each for each in found.other_days if today <= each.day <= today + _AHEAD]
    return {
        "name": found.calendar.name,
        "zone": found.calendar.zone,
        "week": [write_hours(found.calendar.weekly.get(number, ())) for number in range(7)],
        "ahead": [(each, write_hours(each.intervals)) for each in ahead[:_MOST_DAYS]],
    }
