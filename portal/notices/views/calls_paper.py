"""The call sheet on paper: having its PDF made, seeing how far it is, and fetching it."""

from dataclasses import dataclass
from uuid import UUID

from flask.typing import ResponseReturnValue

from intake.plain import sha256_of
from portal.core import clock, web
from portal.files import delivery
from portal.files.queries import stored_file
from portal.notices.queries.calling import CallSheet
from portal.notices.views.calling import find_sheet, title_of
from portal.notices.views.pieces import blueprint
from portal.outbox.queries import JobState, JobStatus, job_status
from portal.outbox.services import add_job, try_again
from portal.ui import access, htmx, languages, pages
from portal.ui.access import signed_in_person

_PDF_JOB = "pdf"


@dataclass(frozen=True, slots=True)
class CallsPaper:
    """The call sheet of a notice as it stands now, for one agent."""

    sheet: CallSheet
    key: str
    """The same state for the same agent has the same key, so that it is made once."""
    job: JobStatus | None

    @property
    def state(self) -> JobState | None:
        """How far it is; None where nobody has asked for it."""
        return self.job.state if self.job else None


@blueprint.get("/desk/notices/<code>/calls/paper")
@access.agent
def show_calls_paper(code: str) -> ResponseReturnValue:
    """Show how far the PDF of a call sheet is; to a page that waits for it, only once there is news."""
    paper = _paper(code)
    if htmx.is_asking():
        waiting = paper.state is JobState.PENDING
        return ("", 204) if waiting else pages.page("notices/desk/_calls_paper.html", paper=paper)
    return pages.page("notices/desk/calls_paper.html", paper=paper, title=title_of(paper.sheet))


@blueprint.post("/desk/notices/<code>/calls/paper")
@access.agent
def print_calls(code: str) -> ResponseReturnValue:
    """Have the PDF made, unless it stands already."""
    paper, at = _paper(code), clock.now()
    parameters = {
        "document": "call-sheet",
        "id": paper.sheet.code,
        "person": str(signed_in_person()),
        "locale": languages.current_locale(),
        "time_zone": languages.current_zone().key,
    }
    with web.changing() as session:
        if paper.job and paper.state is JobState.FAILED:
            try_again(session, paper.job.id, at=at)
        add_job(session, _PDF_JOB, parameters, dedupe_key=paper.key, at=at)
    return pages.go_to("notices.show_calls_paper", code=code)


@blueprint.get("/desk/notices/<code>/calls/paper/file")
@access.agent
def fetch_calls_paper(code: str) -> ResponseReturnValue:
    """Send the PDF as things stand now; where somebody has answered since, lead to where it is made anew."""
    paper = _paper(code)
    found = paper.job.result.get("file_id") if paper.job and paper.state is JobState.DONE else None
    file = stored_file(web.reading(), UUID(str(found))) if found else None
    if file is None:
        return pages.go_to("notices.show_calls_paper", code=code)
    return delivery.send(file)


def _paper(code: str) -> CallsPaper:
    sheet = find_sheet(code)
    stands = [[str(each.organisation_id), each.latest.kind if each.latest else ""] for each in sheet.lines]
    mark = sha256_of([sheet.number, stands, languages.current_locale(), str(signed_in_person())])[:40]
    key = f"call-sheet:{sheet.notice_id}:{mark}"
    return CallsPaper(sheet, key, job_status(web.reading(), key))
