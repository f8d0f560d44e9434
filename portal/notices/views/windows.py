"""Maintenance windows: planned on the desk, read in people's calendars."""

from typing import TYPE_CHECKING
from uuid import UUID

from flask import abort, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import clock, idempotency, web
from portal.core.calendar_file import calendar_file
from portal.notices.documents.calendars import entry_of
from portal.notices.forms.windows import OffForm, WindowForm, default_zone, refusal
from portal.notices.forms.writing import read_day
from portal.notices.models import MaintenanceWindow, Notice
from portal.notices.queries.windows import windows_of
from portal.notices.services import loaded
from portal.notices.services.windows import (
    WindowError,
    call_off,
    change_window,
    plan_window,
    skip_time,
    window_of,
)
from portal.notices.views.desk import bench_of
from portal.notices.views.pieces import blueprint, readable
from portal.ui import access, pages
from portal.ui.access import current_actor

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_PURPOSE = "plan-window"


@blueprint.get("/notices/<code>/windows/<uuid:window_id>.ics")
@access.public
def fetch_window(code: str, window_id: UUID) -> ResponseReturnValue:
    """Send a maintenance window for somebody's calendar."""
    notice = readable(code)
    found = next((each for each in windows_of(web.reading(), notice.id, at=clock.now()) if each.id == window_id), None)
    if found is None:
        abort(404)
    answer = make_response(calendar_file("", [entry_of(found.window, notice)]))
    answer.mimetype = "text/calendar"
    answer.headers["Content-Disposition"] = f'attachment; filename="{notice.code}.ics"'
    return answer


@blueprint.get("/desk/notices/<code>/windows")
@access.agent
def show_windows(code: str) -> ResponseReturnValue:
    """Show the windows of a notice, and ask for another."""
    form = WindowForm()
    form.time_zone.data = default_zone()
    return _page(bench_of(code).notice, form)


@blueprint.post("/desk/notices/<code>/windows")
@access.agent
def add_window(code: str) -> ResponseReturnValue:
    """Plan a window."""
    notice, form = bench_of(code).notice, WindowForm()
    if not form.validate_on_submit():
        return _page(notice, form), 422
    by, at = current_actor(), clock.now()
    try:
        with web.changing() as session:
            once = form.once.data
            if idempotency.earlier_result(session, once, purpose=_PURPOSE, person_id=by.person_id) is None:
                window = plan_window(session, loaded(session, code, by=by), form.plan(), by=by, at=at)
                result = {"window": str(window.id)}
                idempotency.remember(session, once, purpose=_PURPOSE, person_id=by.person_id, result=result, at=at)
    except WindowError as error:
        form.refuse(error)
        return _page(notice, form), 422
    pages.say(_("The window is planned. Whom it concerns sees it, and is told a day before."))
    return pages.go_to("notices.show_windows", code=code)


@blueprint.get("/desk/notices/<code>/windows/<uuid:window_id>")
@access.agent
def show_window(code: str, window_id: UUID) -> ResponseReturnValue:
    """Show one window, to move it, to leave one of its days out, or to call it off."""
    notice, window = _found(code, window_id)
    return _window_page(notice, window, WindowForm(formdata=None).fill(window), OffForm(formdata=None))


@blueprint.post("/desk/notices/<code>/windows/<uuid:window_id>")
@access.agent
def move_window(code: str, window_id: UUID) -> ResponseReturnValue:
    """Move a window."""
    notice, window = _found(code, window_id)
    form = WindowForm()
    if not form.validate_on_submit():
        return _window_page(notice, window, form, OffForm(formdata=None)), 422
    try:
        with web.changing() as session:
            kept, current = loaded(session, code, by=current_actor()), _to_change(session, notice, window_id)
            change_window(session, current, kept, form.plan(), at=clock.now())
    except WindowError as error:
        form.refuse(error)
        return _window_page(notice, window, form, OffForm(formdata=None)), 422
    pages.say(
        _("The window is moved. Calendars that have it follow, and whoever was told of the earlier time is told now.")
    )
    return pages.go_to("notices.show_windows", code=code)


@blueprint.post("/desk/notices/<code>/windows/<uuid:window_id>/skip")
@access.agent
def skip_window(code: str, window_id: UUID) -> ResponseReturnValue:
    """Leave one of a window's days out."""
    notice, _window = _found(code, window_id)
    day = read_day(request.form.get("day", "")[:20])
    if day is None:
        abort(422)
    try:
        with web.changing() as session:
            skip_time(session, _to_change(session, notice, window_id), day=day, at=clock.now())
    except WindowError as error:
        pages.say(refusal(error), "stop")
    else:
        pages.say(_("This day is left out."))
    return pages.go_to("notices.show_window", code=code, window_id=window_id)


@blueprint.post("/desk/notices/<code>/windows/<uuid:window_id>/off")
@access.agent
def call_window_off(code: str, window_id: UUID) -> ResponseReturnValue:
    """Call a window off for good."""
    notice, window = _found(code, window_id)
    form = OffForm()
    if not form.validate_on_submit():
        return _window_page(notice, window, WindowForm(formdata=None).fill(window), form), 422
    with web.changing() as session:
        call_off(session, _to_change(session, notice, window_id), reason=form.reason.data, at=clock.now())
    pages.say(_("The window does not take place. Whoever was told of it is told now."))
    return pages.go_to("notices.show_windows", code=code)


def _found(code: str, window_id: UUID) -> tuple[Notice, MaintenanceWindow]:
    notice = bench_of(code).notice
    windows = windows_of(web.reading(), notice.id, at=clock.now())
    window = next((each.window for each in windows if each.id == window_id), None)
    return (notice, window) if window is not None else abort(404)


def _to_change(session: "Session", notice: Notice, window_id: UUID) -> MaintenanceWindow:
    return window_of(session, notice.id, window_id) or abort(404)


def _page(notice: Notice, form: WindowForm) -> str:
    windows = windows_of(web.reading(), notice.id, at=clock.now())
    return pages.page("notices/desk/windows.html", notice=notice, form=form, windows=windows)


def _window_page(notice: Notice, window: MaintenanceWindow, form: WindowForm, off: OffForm) -> str:
    at = clock.now()
    shown = next(each for each in windows_of(web.reading(), notice.id, at=at) if each.id == window.id)
    return pages.page("notices/desk/window.html", notice=notice, shown=shown, form=form, off=off)
