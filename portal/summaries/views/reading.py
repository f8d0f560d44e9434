"""Reading summaries, and choosing how often they come."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, Flask, abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import clock, web
from portal.outbox.queries import job_status
from portal.summaries import queries, services
from portal.summaries.forms import NEVER, PlanForm, ReaderForm
from portal.summaries.models import Rhythm, ServiceSummary
from portal.ui import access, languages, pages
from portal.ui.access import current_actor

blueprint = Blueprint("summaries", __name__)


def init_app(app: Flask) -> None:
    """Lead from an organisation's page to its summaries."""
    pages.fill_slot(app, "beside-organisation", lambda: pages.page("summaries/_link.html"))


@blueprint.get("/organisation/summaries")
@access.customer
def index() -> ResponseReturnValue:
    """List the summaries of one's organisation."""
    session, actor = web.reading(), current_actor()
    rows = [(each, each.ends_on - timedelta(days=1)) for each in queries.summaries_of(session, actor)]
    plan = queries.plan_of(session, actor)
    return pages.page("summaries/index.html", rows=rows, plan=plan, is_reader=queries.is_reader(session, actor))


@blueprint.get("/organisation/summaries/<uuid:summary_id>")
@access.customer
def show(summary_id: UUID) -> ResponseReturnValue:
    """Show one summary."""
    summary = find(summary_id)
    job = job_status(web.reading(), paper_key(summary.id, languages.current_locale()))
    return pages.page("summaries/show.html", summary=summary, last_on=summary.ends_on - timedelta(days=1), job=job)


@blueprint.post("/organisation/summaries/plan")
@access.manager
def plan() -> ResponseReturnValue:
    """Set how often one's organisation gets a summary."""
    actor, form = current_actor(), PlanForm()
    if not form.validate() or actor.organisation_id is None:
        abort(422)
    rhythm = None if form.rhythm.data == NEVER else Rhythm(form.rhythm.data)
    with web.changing() as session:
        services.plan(session, actor.organisation_id, rhythm=rhythm, by=actor, at=clock.now())
    pages.say(_("Summaries come as you chose."))
    return pages.go_to("summaries.index")


@blueprint.post("/organisation/summaries/readers")
@access.customer
def read_along() -> ResponseReturnValue:
    """Begin or stop getting summaries by mail."""
    form = ReaderForm()
    if not form.validate():
        abort(422)
    with web.changing() as session:
        services.read_along(session, by=current_actor(), wants=form.by_mail.data == "yes", at=clock.now())
    pages.say(
        _("You get summaries by mail.") if form.by_mail.data == "yes" else _("You get no more summaries by mail.")
    )
    return pages.go_to("summaries.index")


def find(summary_id: UUID) -> ServiceSummary:
    """Return a summary of one's organisation, or answer that there is none."""
    return queries.find_summary(web.reading(), current_actor(), summary_id) or abort(404)


def paper_key(summary_id: UUID, locale: str) -> str:
    """Return the key of a summary's sheet in a language, which is made once."""
    return f"summary-paper:{summary_id}:{locale}"
