"""The pages of faults, and the way to them from a ticket."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask import Blueprint, Flask, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.core import clock, web
from portal.core.errors import DomainError
from portal.faults import queries, services
from portal.faults.forms import NONE, JoinForm, MoveForm
from portal.faults.models import Fault, FaultState
from portal.faults.permissions import NEXT
from portal.faults.queries import AT_ONCE
from portal.files.delivery import UPLOAD_LIMIT
from portal.outbox.registry import MoreIsDue, register_clock_pass
from portal.phrasebook.forms import Wording
from portal.phrasebook.queries import language_written, phrasebook
from portal.phrasebook.services import keep_terms
from portal.tickets.models import Ticket
from portal.tickets.queries import Head, ticket_head, ticket_to_change
from portal.ui import access, languages, pages
from portal.ui.access import current_actor

blueprint = Blueprint("faults", __name__)
_MOST_TYPED = 16 * 1024 * 1024
SHELVES: Mapping[str, Sequence[FaultState]] = {
    "open": (FaultState.REPORTED, FaultState.VERIFYING, FaultState.IN_REVIEW, FaultState.PLANNED),
    "released": (FaultState.RELEASED,),
    "closed": (FaultState.CLOSED,),
}


@blueprint.url_value_preprocessor
def allow_long_posts(_endpoint: str | None, _values: object) -> None:
    """Read long pastes; this must come before the token is checked, which reads the form."""
    request.max_content_length, request.max_form_memory_size = UPLOAD_LIMIT, _MOST_TYPED


def init_app(app: Flask) -> None:
    """Lead there from a ticket, and let the worker tell who waits for a version."""
    pages.fill_slot(
        app, "beside-desk-ticket", lambda ticket: pages.page("faults/_beside.html", reference=ticket.reference)
    )
    register_clock_pass(app, _go_on)


def _go_on(session: Session, *, at: datetime) -> object:
    return MoreIsDue.AT_ONCE if services.go_on(session, at=at) else None


@blueprint.get("/desk/faults")
@access.agent
def index() -> ResponseReturnValue:
    """List the faults, and how often mended ones come back."""
    shelf, after = request.args.get("shelf", ""), request.args.get("after", "")[:20]
    shelf = shelf if shelf in SHELVES else "open"
    session, actor = web.reading(), current_actor()
    rows = queries.faults(session, actor, states=SHELVES[shelf], after=after)
    return pages.page(
        "faults/index.html",
        rows=rows[:AT_ONCE],
        next=rows[AT_ONCE - 1][0].reference if len(rows) > AT_ONCE else "",
        is_first=not after,
        shelf=shelf,
        shelves=list(SHELVES),
        repeats=queries.repeats(session, actor, at=clock.now()),
    )


@blueprint.get("/desk/faults/<fault>")
@access.agent
def show(fault: str) -> ResponseReturnValue:
    """Show a fault, its way so far, and the tickets that wait for it."""
    found = _find(fault)
    form = MoveForm(
        formdata=None, data={name: getattr(found, name) for name in ("target_version", "cause", "fix", "prevention")}
    )
    return _fault_page(found, form)


@blueprint.post("/desk/faults/<fault>")
@access.agent
def move(fault: str) -> ResponseReturnValue:
    """Move a fault on."""
    found, form, actor = _find(fault), MoveForm(), current_actor()
    _offer(found, form)
    is_good, wording = form.validate(), form.looked_at(phrasebook(web.reading(), _language_of(form)))
    if form.must_ask(wording) or not is_good:
        return _fault_page(found, form, wording), 422
    try:
        with web.changing() as session:
            held = queries.find_fault(session, actor, fault, is_held=True) or abort(404)
            reported_by = queries.first_ticket_of(session, held.id)
            if reported_by is not None:
                keep_terms(session, reported_by, form.kept_terms(wording), by=actor, at=clock.now())
            services.move(session, held, form.step(), by=actor, at=clock.now())
    except DomainError as error:
        form.refuse(error)
        return _fault_page(found, form), 422
    pages.say(_("The fault is moved on."))
    return pages.go_to(".show", fault=fault)


@blueprint.get("/desk/tickets/<reference>/fault")
@access.agent
def choose(reference: str) -> ResponseReturnValue:
    """Ask which fault a ticket waits for."""
    return _choose_page(_find_ticket(reference), JoinForm(formdata=None))


@blueprint.post("/desk/tickets/<reference>/fault")
@access.agent
def join(reference: str) -> ResponseReturnValue:
    """Let a ticket wait for a known fault, or open a new one for it."""
    head, form, actor, at = _find_ticket(reference), JoinForm(), current_actor(), clock.now()
    if not form.validate():
        return _choose_page(head, form), 422
    if form.fault.data == NONE:
        return _leave(reference)
    with web.changing() as session:
        ticket = ticket_to_change(session, reference, actor) or abort(404)
        found = queries.find_fault(session, actor, form.fault.data or "", is_held=True)
        if found is None and not form.title.data:
            form.refuse()
            return _choose_page(head, form), 422
        found = found or _opened(session, ticket, form.title.data, at=at)
        join_it = services.join_again if form.came_back.data else services.join
        join_it(session, found, ticket, by=actor, at=at)
    pages.say(_("The ticket waits for this fault."))
    return pages.go_to(".show", fault=found.reference)


def _opened(session: Session, ticket: Ticket, title: str, *, at: datetime) -> Fault:
    """Return a new fault for a ticket; whoever clicks twice gets the one of this title that was opened."""
    current = queries.fault_of(session, ticket.id)
    if current is not None and current.title == title:
        return current
    return services.open_fault(session, ticket, title=title, by=current_actor(), at=at)


def _leave(reference: str) -> ResponseReturnValue:
    """Let a ticket wait for no fault any more."""
    with web.changing() as session:
        ticket = ticket_to_change(session, reference, current_actor()) or abort(404)
        services.leave(session, ticket, at=clock.now())
    pages.say(_("The ticket waits for no fault any more."))
    return pages.go_to("desk.show_ticket", reference=reference)


def _find(reference: str) -> Fault:
    return queries.find_fault(web.reading(), current_actor(), reference) or abort(404)


def _find_ticket(reference: str) -> Head:
    return ticket_head(web.reading(), reference, current_actor()) or abort(404)


def _offer(fault: Fault, form: MoveForm) -> None:
    form.state.choices = [(each.value, each.value) for each in NEXT[FaultState(fault.state)]]


def _language_of(form: MoveForm) -> str:
    """Return the language in which a solution is written: it goes out to many, as it is."""
    return language_written("\n".join(field.data or "" for field in form.worded), languages.current_locale())


def _fault_page(fault: Fault, form: MoveForm, wording: Wording | None = None) -> str:
    session, actor = web.reading(), current_actor()
    _offer(fault, form)
    return pages.page(
        "faults/show.html",
        fault=fault,
        form=form,
        wording=wording,
        steps=queries.steps_of(session, fault.id),
        tickets=queries.tickets_of(session, actor, fault.id),
        issues=queries.issues_of(session, actor, fault.id),
        targets=NEXT[FaultState(fault.state)],
    )


def _choose_page(head: Head, form: JoinForm) -> str:
    session, actor = web.reading(), current_actor()
    known = queries.open_faults_like(session, actor, product=head.product_code)
    current = queries.fault_of(session, head.id)
    form.offer(known, current)
    has_released = any(each.state == FaultState.RELEASED for each in known)
    return pages.page("faults/choose.html", ticket=head, form=form, current=current, has_released=has_released)
