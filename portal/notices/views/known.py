"""Known issues: saying that one has it, too, and the error messages by which interviews recognise it."""

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import clock, web
from portal.notices import queries
from portal.notices.forms.receiving import ErrorTextForm
from portal.notices.models import Notice, ReportSource
from portal.notices.queries.affected import may_be_affected
from portal.notices.services import loaded, report_affected
from portal.notices.services.errors import ErrorTextError, add_error, forget_error
from portal.notices.views.desk import bench_of
from portal.notices.views.pieces import blueprint, readable
from portal.ui import access, pages
from portal.ui.access import current_actor
from portal.ui.forms import clean


@blueprint.post("/notices/<code>/me-too")
@access.customer
def report_me_too(code: str) -> ResponseReturnValue:
    """Note that the reader's organisation has the problem, and let them know how it goes on."""
    notice = readable(code)
    if may_be_affected(notice):
        with web.changing() as session:
            report_affected(session, notice.id, source=ReportSource.PAGE, by=current_actor(), at=clock.now())
        pages.say(_("Thank you. We write to you when it is solved."))
    return pages.go_to("notices.show", code=code, _anchor="me-too")


@blueprint.get("/desk/notices/<code>/errors")
@access.agent
def show_errors(code: str) -> ResponseReturnValue:
    """Show the error messages by which a known issue is recognised."""
    return _page(bench_of(code).notice, ErrorTextForm())


@blueprint.post("/desk/notices/<code>/errors")
@access.agent
def add_error_text(code: str) -> ResponseReturnValue:
    """Let a known issue be recognised by one more message."""
    notice, form = bench_of(code).notice, ErrorTextForm()
    if not form.validate_on_submit():
        return _page(notice, form), 422
    by = current_actor()
    try:
        with web.changing() as session:
            add_error(session, loaded(session, code, by=by), form.text.data, by=by, at=clock.now())
    except ErrorTextError:
        form.text.errors = [_("Paste the whole message: there is nothing in this by which it could be recognised.")]
        return _page(notice, form), 422
    pages.say(_("From now on interviews recognise it by this message."))
    return pages.go_to("notices.show_errors", code=code)


@blueprint.post("/desk/notices/<code>/errors/forget")
@access.agent
def forget_error_text(code: str) -> ResponseReturnValue:
    """Recognise a known issue no more by a message."""
    bench_of(code)
    key = clean(request.form.get("key", "")[:80])
    if not key:
        abort(422)
    with web.changing() as session:
        forget_error(session, loaded(session, code, by=current_actor()), key)
    pages.say(_("It is not recognised by this message any more."))
    return pages.go_to("notices.show_errors", code=code)


def _page(notice: Notice, form: ErrorTextForm) -> str:
    errors = {each.template: each for each in queries.errors_of(web.reading(), notice.id)}
    return pages.page("notices/desk/errors.html", notice=notice, form=form, errors=list(errors.values()))
