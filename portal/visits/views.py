"""The pages of visits: writing one down, saying that something agreed is done, and where they are shown."""

from datetime import datetime, timedelta
from uuid import UUID

from flask import Blueprint, Flask, abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.core import clock, web
from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.outbox.registry import register_clock_pass
from portal.phrasebook.forms import Wording
from portal.phrasebook.queries import language_of, phrasebook
from portal.phrasebook.services import keep_terms
from portal.tickets.models import Ticket
from portal.tickets.permissions import allowed_actions
from portal.tickets.queries import Head, TicketPage
from portal.tickets.views.finding import change_once, find_page
from portal.ui import access, languages, pages
from portal.ui.access import current_actor
from portal.ui.forms import OnceForm
from portal.visits import permissions, queries, services
from portal.visits.forms import VisitForm

blueprint = Blueprint("visits", __name__)
_SOON = timedelta(days=1)


def init_app(app: Flask) -> None:
    """Show visits on the pages of tickets and on the desk, and keep an eye on what was agreed."""
    pages.fill_slot(app, "visits-of-ticket", show_visits)
    pages.fill_slot(app, "due-on-desk", show_late)
    register_clock_pass(app, services.settle_actions)


@blueprint.get("/desk/tickets/<reference>/visits/new")
@access.agent
def new_visit(reference: str) -> ResponseReturnValue:
    """Ask what was found on a visit and what was agreed."""
    return _form_page(_reportable(reference), VisitForm(formdata=None))


@blueprint.post("/desk/tickets/<reference>/visits")
@access.agent
def add_visit(reference: str) -> ResponseReturnValue:
    """Write a visit down; the customer reads it on the ticket."""
    found, form = _reportable(reference), VisitForm()
    is_good = form.validate() and form.check_actions()
    locale = language_of(web.reading(), found.ticket.contact_id) or languages.current_locale()
    wording = form.looked_at(phrasebook(web.reading(), locale))
    if form.must_ask(wording) or not is_good:
        return _form_page(found, form, wording), 422

    def record(session: Session, ticket: Ticket, by: Actor, at: datetime) -> object:
        keep_terms(session, ticket.id, form.kept_terms(wording), by=by, at=at)
        return services.record_visit(session, ticket, report=form.report(), by=by, at=at)

    try:
        change_once(reference, form, record)
    except DomainError as error:
        form.refuse(error)
        return _form_page(found, form), 422
    pages.say(_("The visit is written down. The customer sees it, and what was agreed is promised."))
    return pages.go_to("desk.show_ticket", reference=reference)


@blueprint.post("/desk/tickets/<reference>/actions/<uuid:action_id>/done")
@access.agent
def finish_action(reference: str, action_id: UUID) -> ResponseReturnValue:
    """Say that something agreed on a visit is done; saying it twice is no fault."""
    find_page(reference)

    def finish(session: Session, ticket: Ticket, by: Actor, at: datetime) -> object:
        action = queries.action_of(session, ticket, action_id) or abort(404)
        return None if action.done_at else services.finish_action(session, ticket, action, by=by, at=at)

    change_once(reference, OnceForm(), finish)
    pages.say(_("It is done, and the customer is told."))
    return pages.go_to("desk.show_ticket", reference=reference)


def show_visits(ticket: Head) -> str | None:
    """Show the visits of a ticket, with what was agreed, and the way to write down another."""
    visits, actor, now = queries.visits_of(web.reading(), ticket.id), current_actor(), clock.now()
    may_report = permissions.may_report(actor, allowed_actions(ticket, actor, at=now))
    if not visits and not may_report:
        return None
    shown = {"visits": visits, "reference": ticket.reference, "once": OnceForm(formdata=None), "now": now}
    return pages.page("visits/_visits.html", is_agent=actor.is_agent, may_report=may_report, **shown)


def show_late() -> str | None:
    """Show what was agreed on visits and is due within a day, or overdue."""
    now = clock.now()
    late = queries.late_actions(web.reading(), current_actor(), before=now + _SOON)
    return pages.page("visits/_late.html", late=late, now=now) if late else None


def _reportable(reference: str) -> TicketPage:
    found = find_page(reference)
    if not permissions.may_report(current_actor(), found.actions):
        abort(403)
    return found


def _form_page(found: TicketPage, form: VisitForm, wording: Wording | None = None) -> str:
    return pages.page("visits/new.html", ticket=found.ticket, form=form, wording=wording)
