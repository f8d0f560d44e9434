"""Taking along what is known about oneself."""

from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue

from portal.core import clock, web
from portal.files import delivery
from portal.files.queries import stored_file
from portal.outbox.queries import JobState, JobStatus, job_status
from portal.privacy import services
from portal.ui import access, pages

blueprint = Blueprint("privacy", __name__)


@blueprint.get("/account/data")
@access.signed_in
def show_own() -> ResponseReturnValue:
    """Show what can be taken along, and how far today's archive is."""
    return pages.page("privacy/own.html", job=export_of(access.signed_in_person()))


@blueprint.post("/account/data")
@access.signed_in
def ask_for_own() -> ResponseReturnValue:
    """Have one's own archive made."""
    ask_for(access.signed_in_person())
    return pages.go_to("privacy.show_own")


@blueprint.get("/account/data/file")
@access.signed_in
def fetch_own() -> ResponseReturnValue:
    """Send one's own archive."""
    return send_export(access.signed_in_person()) or pages.go_to("privacy.show_own")


def export_of(person_id: UUID) -> JobStatus | None:
    """Return how far the archive that was asked for today is."""
    return job_status(web.reading(), services.export_key(person_id, clock.now().date()))


def ask_for(person_id: UUID) -> None:
    """Have an archive made, once a day."""
    with web.changing() as session:
        services.ask_for_export(session, person_id, by=access.current_actor(), at=clock.now())


def send_export(person_id: UUID) -> ResponseReturnValue | None:
    """Send a finished archive; None before the worker has made it, or after the person was erased."""
    job = export_of(person_id)
    if job is None or job.state is not JobState.DONE:
        return None
    file = stored_file(web.reading(), UUID(str(job.result["file_id"])))
    return delivery.send(file) if file else None
