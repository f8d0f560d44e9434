"""Starting a plan, for real or as a drill; a ticket has one emergency that runs."""

from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import clock, idempotency, references, web
from portal.core.errors import DomainError
from portal.core.i18n import LANGUAGE_TAGS, LOCALES
from portal.phrasebook.forms import Wording
from portal.plans import queries, services
from portal.plans.forms import LINKED, SEPARATE, StartForm, problems_of, reasons
from portal.plans.models import Mode
from portal.plans.permissions import EmergencyError
from portal.plans.queries import EmergencyPage, PlanPage, Readers
from portal.plans.services import Start
from portal.plans.views.blueprint import blueprint, once_key
from portal.plans.views.wording import wording_of
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
        return _ask(form)
    nearby = _nearby(form)
    if nearby is not None and form.nearby.data == LINKED:
        return _link(form, nearby)
    wording = wording_of(form, form.mode.data, form.reference.data)
    must_ask = wording is not None and form.must_ask(wording)
    if must_ask or (nearby is not None and form.nearby.data != SEPARATE):
        return _ask(form, wording, nearby)
    try:
        emergency_id = _start_once(form, wording)
    except DomainError as error:
        return _refuse(form, error)
    pages.say(_("The plan is started. Everybody who is named in it is called now."))
    return pages.go_to("plans.show_emergency", emergency_id=emergency_id)


def _refuse(form: StartForm, error: DomainError) -> ResponseReturnValue:
    """Lead to what runs already, or say what the rules refused."""
    running = _running_on(form.reference.data) if error.code == "runs-already" else None
    if error.code == "drill-runs":
        running = queries.running_drill(web.reading(), current_actor(), UUID(form.plan.data))
    if running is not None:
        return _go_to_running(running)
    form.refuse(error)
    return _ask(form, None, _nearby(form), must_choose=error.code == "runs-nearby")


def _nearby(form: StartForm) -> EmergencyPage | None:
    """Return what runs of the same plan for another ticket of the same organisation."""
    if form.mode.data != Mode.REAL:
        return None
    reference = references.as_written(form.reference.data)
    return queries.running_nearby(web.reading(), current_actor(), UUID(form.plan.data), reference)


def _link(form: StartForm, nearby: EmergencyPage) -> ResponseReturnValue:
    """Link a ticket to the one for which the plan runs, and lead there; nobody is called again."""
    actor, at = current_actor(), clock.now()
    try:
        with web.changing() as session:
            row = queries.emergency_to_change(session, actor, nearby.id) or abort(404)
            ticket = ticket_to_change(session, references.as_written(form.reference.data), actor) or abort(404)
            services.stay_beside(session, row, ticket, by=actor, at=at)
    except DomainError as error:
        form.refuse(error)
        return _ask(form, None, nearby)
    pages.say(_("The tickets are linked. This plan runs for both; nobody was called twice."))
    return pages.go_to("plans.show_emergency", emergency_id=nearby.id)


def _start_once(form: StartForm, wording: Wording | None) -> UUID:
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
        is_separate = form.nearby.data == SEPARATE
        how = Start(mode, form.words.data, ticket, form.in_other, is_separate, reasons())
        row = services.start(session, plan, how=how, by=actor, at=at)
        if wording is not None:
            services.keep_words(session, row, form.kept_terms(wording), by=actor, at=at)
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
        _("A drill of this plan runs already. This is it; nobody was called twice.")
        if running.is_drill
        else _(
            "A plan runs for %(reference)s already. This is it; nobody was called twice.", reference=running.reference
        )
    )
    return pages.go_to("plans.show_emergency", emergency_id=running.id)


def _ask(
    form: StartForm,
    wording: Wording | None = None,
    nearby: EmergencyPage | None = None,
    *,
    must_choose: bool = False,
) -> ResponseReturnValue:
    """Show the form once more, with what there is to decide first; not everybody sees what runs nearby."""
    must_choose = must_choose or (nearby is not None and not form.nearby.data)
    if must_choose:
        form.refuse(EmergencyError("runs-nearby"))
    return _page(form, _readers_of(form.reference.data), wording, nearby, must_choose=must_choose), 422


def _page(
    form: StartForm,
    readers: Readers | None,
    wording: Wording | None = None,
    nearby: EmergencyPage | None = None,
    *,
    must_choose: bool = False,
) -> str:
    shown = {"names": LOCALES, "tags": LANGUAGE_TAGS, "problems": problems_of(form)}
    choices = {"linked": LINKED, "separate": SEPARATE}
    deciding = {"wording": wording, "nearby": nearby, "must_choose": must_choose, "choices": choices}
    return pages.page("plans/start.html", form=form, readers=readers, **deciding, **shown)
