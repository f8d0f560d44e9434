"""Starting a plan, for real or as a drill; a ticket has one emergency that runs."""

from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import clock, idempotency, references, web
from portal.core.errors import DomainError
from portal.core.i18n import LANGUAGE_TAGS, LOCALES
from portal.plans import queries, services
from portal.plans.forms import StartForm, problems_of
from portal.plans.models import Mode
from portal.plans.queries import EmergencyPage, PlanPage, Readers
from portal.plans.services import Start
from portal.plans.views.blueprint import blueprint, once_key
from portal.tickets.queries import ticket_to_change
from portal.ui import access, languages, pages
from portal.ui.access import current_actor
from portal.ui.forms import clean

_PURPOSE = "start-emergency"
_LONGEST = 20


@blueprint.get("/desk/emergencies/new")
@access.agent
def new_emergency() -> ResponseReturnValue:
    """Ask which plan is started, and what the customer reads at once; what runs already is shown instead."""
    reference = references.as_written(clean(request.args.get("ticket", "")))[:_LONGEST]
    running = _running_on(reference)
    if running is not None:
        return _go_to_running(running)
    form, found = StartForm(formdata=None), _plans()
    form.offer([(each.id, each.name) for each in found])
    form.plan.data, form.reference.data = request.args.get("plan", ""), reference
    form.mode.data = Mode.REAL.value if reference else Mode.CLOSED.value
    readers = _readers_of(reference)
    agreed_in = next((each.locale for each in found if str(each.id) == form.plan.data), "")
    proposed_in = (readers.locale if readers else agreed_in) or languages.current_locale()
    form.propose(proposed_in, readers.others if readers else ())
    return _page(form, readers)


@blueprint.post("/desk/emergencies")
@access.agent
def start() -> ResponseReturnValue:
    """Start a plan: everybody who is named is called. Whoever comes second is led to what runs already."""
    form = StartForm()
    form.offer([(each.id, each.name) for each in _plans()])
    is_right = form.validate()
    if not form.check() or not is_right:
        return _page(form, _readers_of(form.reference.data)), 422
    try:
        emergency_id = _start_once(form)
    except DomainError as error:
        running = _running_on(form.reference.data) if error.code == "runs-already" else None
        if running is not None:
            return _go_to_running(running)
        form.refuse(error)
        return _page(form, _readers_of(form.reference.data)), 422
    pages.say(_("The plan is started. Everybody who is named in it is called now."))
    return pages.go_to("plans.show_emergency", emergency_id=emergency_id)


def _start_once(form: StartForm) -> UUID:
    actor, at, key = current_actor(), clock.now(), once_key(form)
    with web.changing() as session:
        earlier = idempotency.earlier_result(session, key, purpose=_PURPOSE, person_id=actor.person_id)
        if earlier is not None:
            return UUID(earlier["emergency"])
        plan = queries.plan_to_change(session, actor, UUID(form.plan.data)) or abort(404)
        mode = Mode(form.mode.data)
        ticket = (
            ticket_to_change(session, references.as_written(form.reference.data), actor) if mode is Mode.REAL else None
        )
        how = Start(mode, form.words.data, ticket, form.in_other)
        row = services.start(session, plan, how=how, by=actor, at=at)
        result = {"emergency": str(row.id)}
        idempotency.remember(session, key, purpose=_PURPOSE, person_id=actor.person_id, result=result, at=at)
    return row.id


def _plans() -> list[PlanPage]:
    return queries.plans(web.reading(), current_actor())


def _readers_of(reference: str) -> Readers | None:
    """Return who reads what is said on a ticket, where one was named."""
    return queries.readers_of(web.reading(), current_actor(), references.as_written(reference)) if reference else None


def _running_on(reference: str) -> EmergencyPage | None:
    return queries.running_on(web.reading(), current_actor(), references.as_written(reference)) if reference else None


def _go_to_running(running: EmergencyPage) -> ResponseReturnValue:
    pages.say(
        _("A plan runs for %(reference)s already. This is it; nobody was called twice.", reference=running.reference)
    )
    return pages.go_to("plans.show_emergency", emergency_id=running.id)


def _page(form: StartForm, readers: Readers | None) -> str:
    shown = {"names": LOCALES, "tags": LANGUAGE_TAGS, "problems": problems_of(form)}
    return pages.page("plans/start.html", form=form, readers=readers, **shown)
