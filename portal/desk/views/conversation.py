"""Writing on a ticket: to the customer at one address, to colleagues at another."""

from datetime import datetime

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.core import web
from portal.core.actor import Actor
from portal.desk.forms import MoveForm, NoteForm, UpdateForm
from portal.desk.views.blueprint import blueprint
from portal.desk.views.changing import change_ticket
from portal.desk.views.showing import show_page
from portal.tickets import services
from portal.tickets.models import Ticket, TicketState
from portal.tickets.queries import ticket_head
from portal.ui import access


@blueprint.post("/tickets/<reference>/updates")
@access.agent
def add_update(reference: str) -> ResponseReturnValue:
    """Tell the customer something, and move the ticket along with it."""
    form = UpdateForm(prefix="reply")
    if form.to is TicketState.DUPLICATE and not _find_parent(reference, form):
        form.validate()
        form.refuse_parent()
        return show_page(reference, form), 422

    def tell(session: Session, ticket: Ticket, actor: Actor, at: datetime) -> object:
        if form.to is None:
            update = services.Update(body=form.body.data, next_by=form.promised_by)
            return services.add_update(session, ticket, update=update, by=actor, at=at)
        return services.change_state(session, ticket, change=_change(form, form.to), by=actor, at=at)

    return change_ticket(reference, form, tell, done=form.done())


@blueprint.post("/tickets/<reference>/notes")
@access.agent
def add_note(reference: str) -> ResponseReturnValue:
    """Keep a note for colleagues; no customer sees it."""
    form = NoteForm(prefix="note")

    def note(session: Session, ticket: Ticket, actor: Actor, at: datetime) -> object:
        return services.add_note(session, ticket, body=form.body.data, by=actor, at=at)

    return change_ticket(reference, form, note, done=form.done(), is_alone=False)


@blueprint.post("/tickets/<reference>/moves")
@access.agent
def move_ticket(reference: str) -> ResponseReturnValue:
    """Move a ticket without a word to the customer."""
    form = MoveForm(prefix="moving")

    def move(session: Session, ticket: Ticket, actor: Actor, at: datetime) -> object:
        change = services.StateChange(to=form.to or TicketState(ticket.state), reason=form.wait_reason)
        return services.change_state(session, ticket, change=change, by=actor, at=at)

    return change_ticket(reference, form, move, done=form.done())


def _change(form: UpdateForm, to: TicketState) -> services.StateChange:
    return services.StateChange(
        to=to,
        words=form.body.data,
        reason=form.wait_reason if to is TicketState.WAITING_INTERNAL else None,
        fix_version=form.fix_version.data,
        fix_on=form.planned_on,
        parent_id=form.parent_id,
        next_by=form.promised_by,
    )


def _find_parent(reference: str, form: UpdateForm) -> bool:
    """Find the ticket in which we go on; a ticket is never the same as itself."""
    typed = (form.parent.data or "").strip().upper()
    found = ticket_head(web.reading(), typed, access.current_actor()) if typed != reference else None
    form.parent_id = found.id if found else None
    return found is not None
