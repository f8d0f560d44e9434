"""Keeping a reply that is begun: by a button, or by a script while somebody writes."""

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import clock, web
from portal.tickets import queries, services
from portal.tickets.forms import ReplyForm
from portal.tickets.permissions import ActionError
from portal.tickets.views.finding import blueprint, find_page
from portal.tickets.views.quoting import choices_of
from portal.tickets.views.showing import Refused, parts_on, show_page
from portal.ui import access, htmx, pages
from portal.ui.access import current_actor


@blueprint.post("/tickets/<reference>/draft")
@access.customer
def keep_draft(reference: str) -> ResponseReturnValue:
    """Keep what the customer has begun to write; only they see it."""
    form, at = ReplyForm(parts=choices_of(parts_on(reference))), clock.now()
    try:
        with web.changing() as session:
            ticket = queries.ticket_to_change(session, reference, current_actor()) or abort(404)
            services.keep_reply(session, ticket, body=form.body.data, about=form.about.data, by=current_actor(), at=at)
    except ActionError:
        text = _("This was solved or closed while you were writing. Your text is kept below.")
        return show_page(find_page(reference), Refused(reply=form, problems=[("kept", text)])), 422
    if htmx.is_asking():
        return pages.page("tickets/_kept.html", at=at)
    pages.say(_("Kept for you. It is here when you come back; nobody else sees it."))
    return pages.go_to("tickets.show", reference=reference, _anchor="rp")
