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
from portal.summaries.views.reading import blueprint, find, paper_key
from portal.ui import access, languages, pages
from portal.ui.access import current_actor


@blueprint.post("/organisation/summaries/<uuid:summary_id>/paper")
@access.customer
def print_summary(summary_id: UUID) -> ResponseReturnValue:
    """Have the PDF made in the reader's language."""
    summary, locale = find(summary_id), languages.current_locale()
    parameters = {
        "document": DOCUMENT,
        "id": str(summary.id),
        "locale": locale,
        "time_zone": current_actor().time_zone,
    }
    with web.changing() as session:
        add_job(session, PDF_JOB, parameters, dedupe_key=paper_key(summary.id, locale), at=clock.now())
    return pages.go_to("summaries.show", summary_id=summary_id)


@blueprint.get("/organisation/summaries/<uuid:summary_id>/paper")
@access.customer
def fetch_paper(summary_id: UUID) -> ResponseReturnValue:
    """Send the PDF; where there is none yet, lead back to the page that says so."""
    summary = find(summary_id)
    job = job_status(web.reading(), paper_key(summary.id, languages.current_locale()))
    if job is not None and job.state is JobState.DONE:
        file = stored_file(web.reading(), UUID(str(job.result["file_id"])))
        if file is not None:
            return delivery.send(file)
    return pages.go_to("summaries.show", summary_id=summary_id)
