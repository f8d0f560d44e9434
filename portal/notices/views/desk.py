"""The desk's list of notices, one notice with all that is still to be done, and its preview."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from portal.core import web
from portal.core.i18n import LOCALES
from portal.notices import permissions, queries
from portal.notices.forms import ReasonForm, ReviewerForm, RevisionForm, ScheduleForm, SupersedeForm
from portal.notices.forms.options import options, pairs
from portal.notices.models import NoticeState, RevisionState
from portal.notices.queries import Concern, History, OwnAnswers, Workbench
from portal.notices.queries.series import series_with
from portal.notices.queries.workbench import A_PAGE
from portal.notices.views.pieces import blueprint, today
from portal.notices.views.reading import reading_values
from portal.outbox.queries import Progress
from portal.ui import access, pages
from portal.ui.forms import PortalForm


@blueprint.get("/desk/notices")
@access.agent
def index_on_desk() -> ResponseReturnValue:
    """Show agents every notice, drafts too."""
    rows = queries.desk_notices(web.reading(), access.current_actor(), before=request.args.get("before", "")[:30])
    is_more = len(rows) > A_PAGE
    return pages.page("notices/desk/index.html", rows=rows[:A_PAGE], is_more=is_more)


@blueprint.get("/desk/notices/<code>")
@access.agent
def show_on_desk(code: str) -> ResponseReturnValue:
    """Show where a notice stands, what is missing, and what can be done now."""
    return desk_page(bench_of(code))


def bench_of(code: str) -> Workbench:
    """Return a notice with its newest revision; a missing one and one out of scope are the same 404."""
    return queries.workbench(web.reading(), access.current_actor(), code) or abort(404)


def desk_page(bench: Workbench, **refused: PortalForm) -> str:
    """Return the page of a notice on the desk, with a refused form shown again."""
    actor, session = access.current_actor(), web.reading()
    reached = queries.organisations_reached(session, bench.revision)
    forms = {
        "reason": ReasonForm(),
        "weight": RevisionForm(),
        "newer": SupersedeForm(),
        "reviewer": reviewer_form(bench),
        "moment": ScheduleForm(),
        **refused,
    }
    return pages.page(
        "notices/desk/show.html",
        bench=bench,
        allowed=permissions.allowed_actions(bench.standing, actor),
        faults=_faults(bench),
        stale=[each for each in bench.texts if _is_stale(bench, each)],
        locales=LOCALES,
        reach=queries.reach(session, reached),
        mails=mails_of(bench),
        season=queries.season_of(session, bench.notice) if bench.notice.state == NoticeState.DRAFT else None,
        series=series_with(session, bench.notice.id) if bench.notice.published_at else None,
        standpoints=queries.standpoints(session, actor, bench.notice, reached) if bench.notice.revision_number else [],
        forms=forms,
        weights=pairs(forms["weight"]["weight"]),
    )


def reviewer_form(bench: Workbench) -> ReviewerForm:
    """Return the form that asks who looks at a notice; whoever fills it in can't be the one."""
    form, actor = ReviewerForm(), access.current_actor()
    is_asked = bench.revision.state == RevisionState.DRAFT
    found = queries.reviewers(web.reading(), bench.revision) if is_asked else []
    colleagues = {str(agent_id): name for agent_id, name in found if agent_id != actor.agent_id}
    form.reviewer.choices = [*form.reviewer.choices, *options(colleagues)]
    return form


def mails_of(bench: Workbench) -> Progress | None:
    """Return how far the mails of a notice are."""
    return queries.mails(web.reading(), bench.notice, bench.revision)


def _faults(bench: Workbench) -> list[permissions.Fault]:
    """Return what keeps the newest revision from its readers; nothing does once it is out."""
    if bench.revision.published_at is not None:
        return []
    if bench.notice.source_language not in bench.texts:
        return [permissions.Fault("title-missing")]
    return [
        *permissions.word_faults(bench.manuscript, today=today()),
        *permissions.language_faults(bench.manuscript),
    ]


def _is_stale(bench: Workbench, language: str) -> bool:
    source = bench.notice.source_language
    return language != source and source in bench.texts and permissions.is_stale(bench.manuscript, language)


@blueprint.get("/desk/notices/<code>/preview/<language>")
@access.agent
def show_preview(code: str, language: str) -> ResponseReturnValue:
    """Show a draft as its readers would see it."""
    notice = queries.preview(bench_of(code), language)
    if notice is None:
        abort(404)
    values = reading_values(notice, History((), ()), Concern(None), OwnAnswers())
    return pages.page("notices/show.html", form=None, **values)
