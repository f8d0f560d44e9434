"""A ticket on paper: having its PDF made, seeing how far it is, and fetching it."""

from flask import abort
from flask.typing import ResponseReturnValue

from portal.core import clock, web
from portal.core.i18n import LOCALES
from portal.files import delivery
from portal.files.queries import stored_file
from portal.outbox.queries import JobState
from portal.tickets import documents, services
from portal.tickets.queries import Paper, paper_of
from portal.tickets.views.finding import blueprint
from portal.ui import access, htmx, languages, pages
from portal.ui.access import current_actor


@blueprint.get("/tickets/<reference>/paper/<language>")
@access.customer
def show_paper(reference: str, language: str) -> ResponseReturnValue:
    """Show how far the PDF of a ticket is; to a page that waits for it, only once there is news."""
    return paper_page("tickets/paper.html", find_paper(reference, language))


@blueprint.post("/tickets/<reference>/paper/<language>")
@access.customer
def print_ticket(reference: str, language: str) -> ResponseReturnValue:
    """Have the PDF made, unless it stands already."""
    order_paper(reference, language)
    return pages.go_to("tickets.show_paper", reference=reference, language=language)


@blueprint.get("/tickets/<reference>/paper/<language>/file")
@access.customer
def fetch_paper(reference: str, language: str) -> ResponseReturnValue:
    """Send the PDF as the ticket stands now; where something has happened since, lead to where it is made anew."""
    return send_paper(find_paper(reference, language)) or pages.go_to(
        "tickets.show_paper", reference=reference, language=language
    )


def find_paper(reference: str, language: str) -> Paper:
    """Return the sheet of a ticket in a language, or answer that there is none."""
    if language not in LOCALES:
        abort(404)
    edition = documents.edition(language)
    found = paper_of(web.reading(), reference, current_actor(), language=language, edition=edition)
    if found is None:
        abort(404)
    return found


def order_paper(reference: str, language: str) -> None:
    """Have the PDF of a ticket made, once for each state that it is in."""
    paper = find_paper(reference, language)
    with web.changing() as session:
        services.have_printed(session, paper, time_zone=languages.settings().time_zone, at=clock.now())


def paper_page(template: str, paper: Paper) -> ResponseReturnValue:
    """Return the page that waits for a PDF, or the piece of it that changes."""
    if htmx.is_asking():
        return ("", 204) if paper.state is JobState.PENDING else pages.page("tickets/_paper.html", paper=paper)
    return pages.page(template, paper=paper)


def send_paper(paper: Paper) -> ResponseReturnValue | None:
    """Return the finished PDF; None while there is none."""
    file = stored_file(web.reading(), paper.file_id) if paper.file_id else None
    return delivery.send(file) if file else None
