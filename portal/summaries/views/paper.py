"""A summary on paper: having its PDF made, and fetching it."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from portal.core import clock, web
from portal.files import delivery
from portal.files.queries import stored_file
from portal.outbox.queries import JobState, job_status
from portal.outbox.services import add_job
from portal.printing import PDF_JOB
from portal.summaries.documents import DOCUMENT
from portal.summaries.views.reading import paper_key
from portal.summaries.views.shelf import blueprint, find, shelf_of
from portal.ui import access, languages, pages
from portal.ui.access import current_actor


@blueprint.post("/organisation/summaries/<uuid:summary_id>/paper")
@access.customer
def print_summary(summary_id: UUID) -> ResponseReturnValue:
    """Have the PDF made in the reader's language."""
    return _print(summary_id)


@blueprint.post("/desk/summaries/<uuid:summary_id>/paper")
@access.agent
def print_summary_on_desk(summary_id: UUID) -> ResponseReturnValue:
    """Have the PDF made in the agent's language."""
    return _print(summary_id)


@blueprint.get("/organisation/summaries/<uuid:summary_id>/paper")
@access.customer
def fetch_paper(summary_id: UUID) -> ResponseReturnValue:
    """Send the PDF; where there is none yet, lead back to the page that says so."""
    return _fetch(summary_id)


@blueprint.get("/desk/summaries/<uuid:summary_id>/paper")
@access.agent
def fetch_paper_on_desk(summary_id: UUID) -> ResponseReturnValue:
    """Send the PDF to an agent; where there is none yet, lead back to the page that says so."""
    return _fetch(summary_id)


def _print(summary_id: UUID) -> ResponseReturnValue:
    summary, locale = find(summary_id), languages.current_locale()
    shelf = shelf_of(summary)
    parameters = {
        "document": DOCUMENT,
        "id": str(summary.id),
        "locale": locale,
        "time_zone": current_actor().time_zone,
    }
    with web.changing() as session:
        add_job(session, PDF_JOB, parameters, dedupe_key=paper_key(summary.id, locale), at=clock.now())
    return pages.go_to(shelf.endpoint("show"), summary_id=summary_id)


def _fetch(summary_id: UUID) -> ResponseReturnValue:
    summary = find(summary_id)
    shelf = shelf_of(summary)
    job = job_status(web.reading(), paper_key(summary.id, languages.current_locale()))
    if job is not None and job.state is JobState.DONE:
        file = stored_file(web.reading(), UUID(str(job.result["file_id"])))
        if file is not None:
            return delivery.send(file)
    return pages.go_to(shelf.endpoint("show"), summary_id=summary_id)
