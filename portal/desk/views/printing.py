"""A ticket on paper, for agents: what its customer sees, in the language they choose."""

from flask.typing import ResponseReturnValue

from portal.desk.views.blueprint import blueprint
from portal.tickets.views.printing import find_paper, order_paper, paper_page, send_paper
from portal.ui import access, pages


@blueprint.get("/tickets/<reference>/paper/<language>")
@access.agent
def show_paper(reference: str, language: str) -> ResponseReturnValue:
    """Show how far the PDF of a ticket is."""
    return paper_page("desk/paper.html", find_paper(reference, language))


@blueprint.post("/tickets/<reference>/paper/<language>")
@access.agent
def print_ticket(reference: str, language: str) -> ResponseReturnValue:
    """Have the PDF made, unless it stands already."""
    order_paper(reference, language)
    return pages.go_to("desk.show_paper", reference=reference, language=language)


@blueprint.get("/tickets/<reference>/paper/<language>/file")
@access.agent
def fetch_paper(reference: str, language: str) -> ResponseReturnValue:
    """Send the PDF as the ticket stands now, or lead to where it is made."""
    return send_paper(find_paper(reference, language)) or pages.go_to(
        "desk.show_paper", reference=reference, language=language
    )
