"""Having a ticket put on paper."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.outbox.queries import JobState
from portal.outbox.services import add_job, try_again
from portal.tickets.queries.papers import Paper

_PDF_JOB = "pdf"


def have_printed(session: Session, paper: Paper, *, time_zone: str, at: datetime) -> None:
    """Let the worker make a sheet; one that stands or is being made isn't made again, one that was given up is."""
    if paper.job and paper.state is JobState.FAILED:
        try_again(session, paper.job.id, at=at)
    parameters = {
        "document": "ticket",
        "id": str(paper.ticket_id),
        "locale": paper.language,
        "time_zone": paper.time_zone or time_zone,
    }
    add_job(session, _PDF_JOB, parameters, dedupe_key=paper.key, at=at)
