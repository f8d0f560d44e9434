"""Reading summaries, and choosing how often they come."""

from datetime import timedelta
from uuid import UUID

from flask import Flask, abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import clock, web
from portal.outbox.queries import job_status
from portal.summaries import queries, services
from portal.summaries.forms import NEVER, PlanForm, ReaderForm
from portal.summaries.models import Rhythm
from portal.summaries.views.shelf import Shelf, blueprint, find, own_shelf, shelf_of, shelf_on_desk
from portal.ui import access, languages, pages
from portal.ui.access import current_actor


def init_app(app: Flask) -> None:
    """Lead from an organisation's page to its summaries."""
    pages.fill_slot(app, "beside-organisation", lambda: pages.page("summaries/_link.html"))


@blueprint.get("/organisation/summaries")
@access.customer
def index() -> ResponseReturnValue:
    """List the summaries of one's organisation."""
    return _index(own_shelf() or abort(404))


@blueprint.get("/desk/organisations/<uuid:organisation_id>/summaries")
@access.agent
def index_on_desk(organisation_id: UUID) -> ResponseReturnValue:
    """List the summaries of an organisation on the desk."""
    return _index(shelf_on_desk(organisation_id))


@blueprint.get("/organisation/summaries/<uuid:summary_id>")
@access.customer
def show(summary_id: UUID) -> ResponseReturnValue:
    """Show one summary."""
    return _show(summary_id)


@blueprint.get("/desk/summaries/<uuid:summary_id>")
@access.agent
def show_on_desk(summary_id: UUID) -> ResponseReturnValue:
    """Show one summary on the desk."""
    return _show(summary_id)


@blueprint.post("/organisation/summaries/plan")
@access.manager
def plan() -> ResponseReturnValue:
    """Set how often one's organisation gets a summary."""
    return _plan(own_shelf() or abort(404))


@blueprint.post("/desk/organisations/<uuid:organisation_id>/summaries/plan")
@access.agent
def plan_on_desk(organisation_id: UUID) -> ResponseReturnValue:
    """Set for an organisation how often it gets a summary."""
    return _plan(shelf_on_desk(organisation_id))


@blueprint.post("/organisation/summaries/readers")
@access.customer
def read_along() -> ResponseReturnValue:
    """Begin or stop getting summaries by mail."""
    return _read_along(own_shelf() or abort(404))


@blueprint.post("/desk/organisations/<uuid:organisation_id>/summaries/readers")
@access.agent
def read_along_on_desk(organisation_id: UUID) -> ResponseReturnValue:
    """Begin or stop getting an organisation's summaries by mail, as an agent."""
    return _read_along(shelf_on_desk(organisation_id))


def paper_key(summary_id: UUID, locale: str) -> str:
    """Return the key of a summary's sheet in a language, which is made once."""
    return f"summary-paper:{summary_id}:{locale}"


def _index(shelf: Shelf) -> str:
    session, organisation_id = web.reading(), shelf.organisation_id
    found = queries.summaries_of(session, current_actor(), organisation_id)
    return pages.page(
        "summaries/index.html",
        shelf=shelf,
        rows=[(each, each.ends_on - timedelta(days=1)) for each in found],
        plan=queries.plan_of(session, organisation_id),
        is_reader=queries.is_reader(session, current_actor(), organisation_id),
    )


def _show(summary_id: UUID) -> str:
    summary = find(summary_id)
    job = job_status(web.reading(), paper_key(summary.id, languages.current_locale()))
    last_on = summary.ends_on - timedelta(days=1)
    return pages.page("summaries/show.html", shelf=shelf_of(summary), summary=summary, last_on=last_on, job=job)


def _plan(shelf: Shelf) -> ResponseReturnValue:
    form = PlanForm()
    if not form.validate():
        abort(422)
    rhythm = None if form.rhythm.data == NEVER else Rhythm(form.rhythm.data)
    with web.changing() as session:
        services.plan(session, shelf.organisation_id, rhythm=rhythm, by=current_actor(), at=clock.now())
    pages.say(_("Summaries come as you chose."))
    return pages.go_to(shelf.endpoint("index"), **shelf.place)


def _read_along(shelf: Shelf) -> ResponseReturnValue:
    form = ReaderForm()
    if not form.validate():
        abort(422)
    wants = form.by_mail.data == "yes"
    with web.changing() as session:
        services.read_along(session, shelf.organisation_id, by=current_actor(), wants=wants, at=clock.now())
    pages.say(_("You get summaries by mail.") if wants else _("You get no more summaries by mail."))
    return pages.go_to(shelf.endpoint("index"), **shelf.place)
