"""The list of a customer's tickets."""

from datetime import datetime
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from portal.core import clock, web
from portal.tickets import queries
from portal.tickets.queries import Only, Place
from portal.tickets.views.finding import blueprint
from portal.ui import access, pages
from portal.ui.access import current_actor
from portal.ui.forms import clean


@blueprint.get("/tickets")
@access.customer
def show_list() -> ResponseReturnValue:
    """Show a customer's tickets, the newest first; a ticket's number leads straight to it."""
    actor, asked = current_actor(), clean(request.args.get("number"))[:40]
    reference = queries.find_reference(web.reading(), actor, asked) if asked else None
    if reference is not None:
        return pages.go_to("tickets.show", reference=reference)
    only = _only(request.args.get("state", ""))
    found = queries.my_tickets(web.reading(), actor, only=only, after=_place(request.args.get("after", "")))
    older = url_for("tickets.show_list", state=only, after=_token(found.next)) if found.next else ""
    return pages.page("tickets/list.html", found=found, only=only, asked=asked, older=older, now=clock.now())


def _only(text: str) -> Only:
    return Only(text) if text in set(Only) else Only.ALL


def _token(place: Place) -> str:
    return f"{place.at.isoformat()}~{place.id}"


def _place(text: str) -> Place | None:
    """Return where a page begins; an address that somebody has changed begins at the top."""
    moment, _, ticket_id = text.partition("~")
    try:
        place = Place(datetime.fromisoformat(moment), UUID(ticket_id))
    except ValueError:
        return None
    return place if place.at.tzinfo else None
