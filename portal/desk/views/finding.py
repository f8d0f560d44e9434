"""Every ticket that an agent may see, found by words, by state, by product and by whose it is."""

from flask.typing import ResponseReturnValue

from portal.core import clock
from portal.desk.views.blueprint import blueprint
from portal.tickets.views.listing import Looking, asked_for, reference_typed, shown
from portal.ui import access, pages


@blueprint.get("/tickets")
@access.agent
def find_tickets() -> ResponseReturnValue:
    """Show tickets, the newest first; a ticket's number leads straight to it."""
    looking = Looking("desk.find_tickets", asked_for())
    reference = reference_typed(looking.wanted)
    if reference:
        return pages.go_to("desk.show_ticket", reference=reference)
    return pages.page("desk/tickets.html", shown=shown(looking), now=clock.now())
