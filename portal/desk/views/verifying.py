"""Saying whose call-back it is, after the call."""

from datetime import datetime

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.core import web
from portal.core.actor import Actor
from portal.desk.forms import VerifyingForm
from portal.desk.queries import contact_to_link
from portal.desk.views.blueprint import blueprint
from portal.desk.views.changing import change_ticket
from portal.desk.views.showing import show_page
from portal.tickets import services
from portal.tickets.models import Ticket
from portal.ui import access


@blueprint.post("/tickets/<reference>/contact")
@access.agent
def verify_callback(reference: str) -> ResponseReturnValue:
    """Link a call-back to the contact who answered the phone."""
    form = VerifyingForm(prefix="verifying")
    contact_id = form.contact_id
    contact = contact_to_link(web.reading(), access.current_actor(), contact_id) if contact_id else None
    if contact is None:
        form.refuse_stranger()
        return show_page(reference, form), 422

    def verify(session: Session, ticket: Ticket, actor: Actor, at: datetime) -> object:
        return services.verify_callback(session, ticket, contact=contact, by=actor, at=at)

    return change_ticket(reference, form, verify, done=form.done())
