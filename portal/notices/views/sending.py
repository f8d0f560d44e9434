"""A notice's way out: who looks at it, when it goes, and how far its mails are."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from portal.core import clock
from portal.notices import services
from portal.notices.forms import ScheduleForm
from portal.notices.permissions import Action
from portal.notices.views.approving import carry_out
from portal.notices.views.desk import bench_of, desk_page, mails_of, reviewer_form
from portal.notices.views.pieces import blueprint, today
from portal.ui import access, languages, pages


@blueprint.post("/desk/notices/<code>/send-to-review")
@access.agent
def send_to_review(code: str) -> ResponseReturnValue:
    """Ask a colleague to look at the words."""
    bench = bench_of(code)
    form = reviewer_form(bench)
    if not form.validate_on_submit():
        return desk_page(bench, reviewer=form), 422
    reviewer_id, actor, at, day = UUID(form.reviewer.data), access.current_actor(), clock.now(), today()

    return carry_out(
        code,
        Action.SEND_TO_REVIEW,
        lambda session, notice: services.ask_for_review(
            session, notice, reviewer_id=reviewer_id, by=actor, at=at, today=day
        ),
    )


@blueprint.post("/desk/notices/<code>/schedule")
@access.agent
def schedule(code: str) -> ResponseReturnValue:
    """Have an approved notice go out by itself at a moment."""
    bench, form, actor, at = bench_of(code), ScheduleForm(), access.current_actor(), clock.now()
    if not form.validate_on_submit():
        return desk_page(bench, moment=form), 422
    moment = form.moment(languages.current_zone())
    return carry_out(
        code,
        Action.SCHEDULE,
        lambda session, notice: services.schedule(session, notice, publish_at=moment, by=actor, at=at),
    )


@blueprint.post("/desk/notices/<code>/unschedule")
@access.agent
def unschedule(code: str) -> ResponseReturnValue:
    """Keep a notice from going out by itself."""
    actor = access.current_actor()
    return carry_out(code, Action.UNSCHEDULE, lambda session, notice: services.unschedule(session, notice, by=actor))


@blueprint.get("/desk/notices/<code>/mails")
@access.agent
def show_mails(code: str) -> ResponseReturnValue:
    """Show how far the mails of a notice are; the page asks for this piece while any of them wait."""
    bench = bench_of(code)
    return pages.page("notices/desk/_mails.html", notice=bench.notice, mails=mails_of(bench))
