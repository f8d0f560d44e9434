"""Writing on a ticket: to the customer at one address, to colleagues at another."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.core import clock, references, web
from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.desk.forms import MoveForm, NoteForm, UpdateForm
from portal.desk.services.merging import merge
from portal.desk.views.blueprint import blueprint
from portal.desk.views.changing import change_ticket
from portal.desk.views.showing import show_page
from portal.desk.views.wording import wording_of
from portal.files import delivery
from portal.files.delivery import Uploaded
from portal.files.forms import words_for
from portal.files.services import Owner
from portal.phrasebook.services import keep_terms
from portal.tickets import services
from portal.tickets.models import Ticket, TicketState
from portal.tickets.queries import ticket_head, ticket_to_change
from portal.tickets.views.quoting import choices_of
from portal.tickets.views.showing import parts_on
from portal.ui import access, htmx, pages


@blueprint.post("/tickets/<reference>/updates")
@access.agent
def add_update(reference: str) -> ResponseReturnValue:
    """Tell the customer something, with files, and move the ticket along with it."""
    form = _update_form(reference)
    files = _take_files(form)
    if form.to is TicketState.DUPLICATE and not _find_parent(reference, form):
        form.refuse_parent()
    wording = wording_of(reference, form)
    if form.must_ask(wording) or form.has_refused:
        return show_page(reference, form, wording=wording), 422

    def tell(session: Session, ticket: Ticket, actor: Actor, at: datetime) -> object:
        kept = delivery.keep(session, files, owner=Owner(actor.person_id, ticket.organisation_id), at=at)
        services.forget_reply(session, ticket, by=actor)
        keep_terms(session, ticket.id, form.kept_terms(wording), by=actor, at=at)
        if form.to is None:
            update = services.Update(form.body.data, kept, next_by=form.promised_by, about=form.about.data)
            return services.add_update(session, ticket, update=update, by=actor, at=at)
        change = _change(form, form.to, kept)
        move = merge if form.to is TicketState.DUPLICATE else services.change_state
        return move(session, ticket, change=change, by=actor, at=at)

    return change_ticket(reference, form, tell, done=form.done())


@blueprint.post("/tickets/<reference>/draft")
@access.agent
def keep_draft(reference: str) -> ResponseReturnValue:
    """Keep what the agent has begun to write to the customer; nobody else sees it."""
    form, actor, at = _update_form(reference), access.current_actor(), clock.now()
    try:
        with web.changing() as session:
            ticket = ticket_to_change(session, reference, actor) or abort(404)
            services.keep_reply(session, ticket, body=form.body.data or "", about=form.about.data, by=actor, at=at)
    except DomainError as error:
        form.refuse(error)
        return show_page(reference, form), 422
    if htmx.is_asking():
        return pages.page("tickets/_kept.html", at=at)
    pages.say(form.kept())
    return pages.go_to("desk.show_ticket", reference=reference, _anchor="reply")


@blueprint.post("/tickets/<reference>/notes")
@access.agent
def add_note(reference: str) -> ResponseReturnValue:
    """Keep a note for colleagues, with files; no customer sees it."""
    form = NoteForm(prefix="note")
    files = _take_files(form)
    if form.has_refused:
        return show_page(reference, form), 422

    def note(session: Session, ticket: Ticket, actor: Actor, at: datetime) -> object:
        kept = delivery.keep(session, files, owner=Owner(actor.person_id, ticket.organisation_id), at=at)
        return services.add_note(session, ticket, body=form.body.data, by=actor, at=at, attachments=kept)

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


def _update_form(reference: str) -> UpdateForm:
    """Return the form of an update; where it is about a part of the description, only about one that is there."""
    form = UpdateForm(prefix="reply")
    form.offer_parts(choices_of(parts_on(reference)) if form.about.data else ())
    return form


def _take_files(form: UpdateForm | NoteForm) -> list[Uploaded]:
    """Check the files of a form whose words are all there; what can't be taken is said beside them."""
    if not form.validate():
        form.has_refused = True
        return []
    files, problems = delivery.take(request.files.getlist(form.files.name))
    form.has_refused = bool(problems)
    form.files.errors = [words_for(each) for each in problems]
    return files


def _change(form: UpdateForm, to: TicketState, attachments: Sequence[UUID]) -> services.StateChange:
    return services.StateChange(
        to=to,
        words=form.body.data,
        reason=form.wait_reason if to is TicketState.WAITING_INTERNAL else None,
        fix_version=form.fix_version.data,
        fix_on=form.planned_on,
        parent_id=form.parent_id,
        next_by=form.promised_by,
        attachments=attachments,
        about=form.about.data,
    )


def _find_parent(reference: str, form: UpdateForm) -> bool:
    """Find the ticket in which we go on; a ticket is never the same as itself."""
    typed = references.as_written(form.parent.data)
    found = ticket_head(web.reading(), typed, access.current_actor()) if typed != reference else None
    form.parent_id = found.id if found else None
    return found is not None
