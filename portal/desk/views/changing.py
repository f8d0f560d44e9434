"""Changing a ticket from its page: once, through the rules, and with nothing lost where they refuse."""

from collections.abc import Callable
from datetime import datetime

from flask import abort, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.core import clock, idempotency, web
from portal.core.actor import Actor
from portal.core.errors import DomainError, StaleError
from portal.desk.forms import TicketForm, WordedTicketForm
from portal.desk.views.showing import show_page
from portal.desk.views.wording import wording_of
from portal.phrasebook.services import keep_terms
from portal.tickets import queries
from portal.tickets.models import Ticket
from portal.ui import pages
from portal.ui.access import current_actor

Change = Callable[[Session, Ticket, Actor, datetime], object]
"""What to do with a ticket that is held to be changed."""


def change_ticket(
    reference: str, form: TicketForm, change: Change, *, done: str, is_alone: bool = True
) -> ResponseReturnValue:
    """Change a ticket once and show it; where something is refused, show its page with everything that was typed.

    What only adds to a ticket is not ``is_alone``: it doesn't matter what others did meanwhile.
    """
    if not form.validate_on_submit():
        return show_page(reference, form), 422
    try:
        _change_once(reference, form, change, is_alone=is_alone)
    except StaleError:
        return show_page(reference, form, is_stale=True), 422
    except DomainError as error:
        form.refuse(error)
        return show_page(reference, form), 422
    pages.say(done)
    return pages.go_to("desk.show_ticket", reference=reference)


def change_with_words(reference: str, form: WordedTicketForm, change: Change, *, done: str) -> ResponseReturnValue:
    """Change a ticket with words that its customer reads, once the phrasebook has nothing to say or was answered."""
    is_good, wording = form.validate_on_submit(), wording_of(reference, form)
    if form.must_ask(wording) or not is_good:
        return show_page(reference, form, wording=wording), 422

    def change_and_note(session: Session, ticket: Ticket, actor: Actor, at: datetime) -> object:
        keep_terms(session, ticket.id, form.kept_terms(wording), by=actor, at=at)
        return change(session, ticket, actor, at)

    return change_ticket(reference, form, change_and_note, done=done)


def _change_once(reference: str, form: TicketForm, change: Change, *, is_alone: bool) -> None:
    actor, at = current_actor(), clock.now()
    key, purpose = (form.once.data or "")[:64], str(request.endpoint)[:40]
    with web.changing() as session:
        ticket = queries.ticket_to_change(session, reference, actor)
        if ticket is None:
            abort(404)
        if idempotency.earlier_result(session, key, purpose=purpose, person_id=actor.person_id) is not None:
            return
        if is_alone and ticket.version != form.seen_version:
            raise StaleError("changed-meanwhile", version=ticket.version)
        change(session, ticket, actor, at)
        result = {"reference": reference}
        idempotency.remember(session, key, purpose=purpose, person_id=actor.person_id, result=result, at=at)
