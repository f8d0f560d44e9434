"""Finding a ticket for whoever asks, to show it or to change it."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from flask import Blueprint, abort, request

from portal.core import clock, idempotency, web
from portal.core.actor import Actor
from portal.files.checks import MEGABYTE
from portal.files.delivery import UPLOAD_LIMIT
from portal.tickets import queries
from portal.tickets.models import Ticket
from portal.tickets.queries import TicketPage
from portal.ui.access import current_actor
from portal.ui.forms import OnceForm, PortalForm

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

blueprint = Blueprint("tickets", __name__)
MOST_TYPED = 16 * MEGABYTE
"""Bytes of typed text that are read, so that an enormous paste gets an answer instead of an error page."""
Change = Callable[["Session", Ticket, Actor, datetime], object]
"""What to do with a ticket that is held to be changed."""


@blueprint.url_value_preprocessor
def allow_long_posts(_endpoint: str | None, _values: object) -> None:
    """Read long pastes and uploads; this must come before the token is checked, which reads the form."""
    request.max_content_length = UPLOAD_LIMIT
    request.max_form_memory_size = MOST_TYPED


def find_page(reference: str, *, before: int | None = None) -> TicketPage:
    """Return a ticket with everything that its page shows, or answer that there is none."""
    found = queries.ticket_page(web.reading(), reference, current_actor(), at=clock.now(), before=before)
    if found is None:
        abort(404)
    return found


def problems_of(form: PortalForm) -> list[tuple[str, str]]:
    """Return what is to be done about a form, each with the field it leads to."""
    return [(str(each.id), text) for each, text in form.problems()]


def change_once(reference: str, form: OnceForm, change: Change) -> None:
    """Change a ticket in one transaction, once for each form, however often it is sent.

    Raises the service's error where the ticket has moved on since the page was made.
    """
    actor, at = current_actor(), clock.now()
    # A post without its key can't be told from another, so each counts.
    key, purpose = form.once.data or secrets.token_hex(16), f"{request.endpoint}:{reference}"[:40]
    with web.changing() as session:
        ticket = queries.ticket_to_change(session, reference, actor)
        if ticket is None:
            abort(404)
        if idempotency.earlier_result(session, key, purpose=purpose, person_id=actor.person_id) is None:
            change(session, ticket, actor, at)
            result = {"reference": ticket.reference}
            idempotency.remember(session, key, purpose=purpose, person_id=actor.person_id, result=result, at=at)
