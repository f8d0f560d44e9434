"""The day's call list on the desk, and writing down a call."""

from collections.abc import Sequence

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import clock, idempotency, web
from portal.ratings import queries, services
from portal.ratings.forms import CallForm
from portal.ratings.models import CallOutcome
from portal.ratings.permissions import LOW_STARS
from portal.ratings.queries import ToCall
from portal.ratings.services import Call
from portal.ratings.services.calls import CallError
from portal.ratings.views.rating import blueprint
from portal.tickets.queries import ticket_head, ticket_to_change
from portal.ui import access, pages
from portal.ui.access import current_actor


@blueprint.get("/desk/calls")
@access.agent
def show_calls() -> ResponseReturnValue:
    """List whom to call today, low marks first."""
    actor, is_mine = current_actor(), request.args.get("whose") == "mine"
    only = queries.assigned_to(actor.agent_id) if is_mine else None
    calls = queries.call_list(web.reading(), actor, at=clock.now(), only=only)
    return pages.page("ratings/desk/calls.html", groups=_grouped(calls), is_mine=is_mine, has_any=bool(calls))


@blueprint.get("/desk/calls/<reference>")
@access.agent
def show_call(reference: str) -> ResponseReturnValue:
    """Show whom to call about a ticket, and ask how it went."""
    call = _to_call(reference)
    return _call_page(call, CallForm(formdata=None)) if call else _somebody_was_faster()


@blueprint.post("/desk/calls/<reference>")
@access.agent
def note_call(reference: str) -> ResponseReturnValue:
    """Write the call down."""
    found, form = _to_call(reference), CallForm()
    if found is None:
        return _somebody_was_faster()
    if not form.validate():
        return _call_page(found, form), 422
    try:
        _note_once(reference, form)
    except CallError:
        form.stars.errors = [_("Stars are for customers who were reached. Choose “Reached”, or leave the stars out.")]
        return _call_page(found, form), 422
    pages.say(_("The call is written down."))
    return pages.go_to("ratings.show_calls")


def _note_once(reference: str, form: CallForm) -> None:
    actor, at = current_actor(), clock.now()
    key, purpose = (form.once.data or "")[:64], f"call:{reference}"[:40]
    with web.changing() as session:
        ticket = ticket_to_change(session, reference, actor) or abort(404)
        if idempotency.earlier_result(session, key, purpose=purpose, person_id=actor.person_id) is None:
            services.note_call(session, ticket, call=_call_of(form), by=actor, at=at)
            idempotency.remember(session, key, purpose=purpose, person_id=actor.person_id, result={}, at=at)


def _somebody_was_faster() -> ResponseReturnValue:
    pages.say(_("Nobody needs to be called about this any more."))
    return pages.go_to("ratings.show_calls")


def _call_of(form: CallForm) -> Call:
    stars = int(form.stars.data) if form.stars.data else None
    return Call(CallOutcome(form.outcome.data), stars, form.words.data, form.apology.data)


def _to_call(reference: str) -> ToCall | None:
    """Return whom to call about a ticket; None where that is over, or was never needed."""
    session, actor = web.reading(), current_actor()
    if ticket_head(session, reference, actor) is None:
        abort(404)
    return queries.one_to_call(session, actor, reference, at=clock.now())


def _call_page(call: ToCall, form: CallForm) -> str:
    problems = [(str(each.id), text) for each, text in form.problems()]
    return pages.page("ratings/desk/call.html", call=call, form=form, problems=problems)


def _grouped(calls: Sequence[ToCall]) -> list[tuple[str, list[ToCall]]]:
    """Return the list in the order of calling: low marks, those without any, and the rest."""
    low = [each for each in calls if each.stars is not None and each.stars <= LOW_STARS]
    unrated = [each for each in calls if each.stars is None]
    rest = [each for each in calls if each.stars is not None and each.stars > LOW_STARS]
    return [(name, rows) for name, rows in (("low", low), ("unrated", unrated), ("rest", rest)) if rows]
