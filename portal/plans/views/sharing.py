"""What organisations see: the plans agreed with them, whether drills may reach one, and what was learned."""

from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import clock, web
from portal.files import delivery
from portal.files.queries import stored_file
from portal.outbox.queries import JobState, job_status
from portal.outbox.services import add_job
from portal.plans import queries, services
from portal.plans.documents import DOCUMENT, paper_key
from portal.plans.forms import kind_words
from portal.plans.queries import EmergencyPage
from portal.plans.views.blueprint import blueprint
from portal.printing import PDF_JOB
from portal.ui import access, languages, pages
from portal.ui.access import current_actor
from portal.ui.forms import OnceForm


@blueprint.get("/emergency-plans")
@access.customer
def show_own_plans() -> ResponseReturnValue:
    """Show the plans agreed with one's organisation, and what was learned from emergencies and drills."""
    session, actor = web.reading(), current_actor()
    return pages.page(
        "plans/own.html",
        plans=queries.plans(session, actor),
        joined=queries.joined(session, actor),
        ended=queries.emergencies(session, actor, is_running=False),
        kinds=kind_words(),
        once=OnceForm(formdata=None),
    )


@blueprint.post("/emergency-plans/<uuid:plan_id>/drills/<any(in,out):step>")
@access.customer
def join_drills(plan_id: UUID, step: str) -> ResponseReturnValue:
    """Say that joint drills may reach one, or that they may not."""
    if not OnceForm().validate():
        abort(422)
    with web.changing() as session:
        link = queries.own_link(session, current_actor(), plan_id) or abort(404)
        services.join_drills(session, link, wants=step == "in", at=clock.now())
    pages.say(
        _("Joint drills reach you from now on; each says that it is one.")
        if step == "in"
        else _("No drill reaches you any more.")
    )
    return pages.go_to("plans.show_own_plans")


@blueprint.get("/emergencies/<uuid:emergency_id>")
@access.signed_in
def show_summary(emergency_id: UUID) -> ResponseReturnValue:
    """Show what was learned from an emergency, and what is done because of it."""
    found = _summary(emergency_id)
    job = job_status(web.reading(), paper_key(found.id, languages.current_locale()))
    return pages.page("plans/summary.html", emergency=found, job=job, now=clock.now())


@blueprint.post("/emergencies/<uuid:emergency_id>/paper")
@access.signed_in
def print_summary(emergency_id: UUID) -> ResponseReturnValue:
    """Have the PDF made in the reader's language."""
    found, locale = _summary(emergency_id), languages.current_locale()
    parameters = {"document": DOCUMENT, "id": str(found.id), "locale": locale, "time_zone": current_actor().time_zone}
    with web.changing() as session:
        add_job(session, PDF_JOB, parameters, dedupe_key=paper_key(found.id, locale), at=clock.now())
    return pages.go_to("plans.show_summary", emergency_id=emergency_id)


@blueprint.get("/emergencies/<uuid:emergency_id>/paper")
@access.signed_in
def fetch_paper(emergency_id: UUID) -> ResponseReturnValue:
    """Send the PDF; where there is none yet, lead back to the page that says so."""
    found = _summary(emergency_id)
    job = job_status(web.reading(), paper_key(found.id, languages.current_locale()))
    if job is not None and job.state is JobState.DONE:
        file = stored_file(web.reading(), UUID(str(job.result["file_id"])))
        if file is not None:
            return delivery.send(file)
    return pages.go_to("plans.show_summary", emergency_id=emergency_id)


def _summary(emergency_id: UUID) -> EmergencyPage:
    return queries.summary_page(web.reading(), current_actor(), emergency_id) or abort(404)
