"""Emergencies and drills: starting one, the page on which it runs, and looking back."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import clock, idempotency, web
from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.incidents.queries.linked import links_of
from portal.plans import permissions, queries, services
from portal.plans.forms import LookBackForm, NoteForm, StartForm, TellForm, problems_of
from portal.plans.models import Emergency, Mode
from portal.plans.queries import EmergencyPage
from portal.plans.services import Start
from portal.plans.views.blueprint import Change, blueprint, change_once, find_emergency, once_key
from portal.tickets.queries import ticket_to_change
from portal.ui import access, pages
from portal.ui.access import current_actor
from portal.ui.forms import OnceForm, clean

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_PURPOSE = "start-emergency"


@blueprint.get("/desk/emergencies/new")
@access.agent
def new_emergency() -> ResponseReturnValue:
    """Ask which plan is started, and what the customer reads at once."""
    form = _start_form(StartForm(formdata=None))
    form.plan.data = request.args.get("plan", "")
    form.reference.data = clean(request.args.get("ticket", ""))[:20]
    form.mode.data = Mode.REAL.value if form.reference.data else Mode.CLOSED.value
    form.words.data = _(
        "We have started our emergency plan: people are called together at this moment. "
        "We write to you again within the time that you see below."
    )
    return _start_page(form)


@blueprint.post("/desk/emergencies")
@access.agent
def start() -> ResponseReturnValue:
    """Start a plan: everybody who is named is called."""
    form = _start_form(StartForm())
    is_right = form.validate()
    if not form.check() or not is_right:
        return _start_page(form), 422
    try:
        emergency_id = _start_once(form)
    except DomainError as error:
        form.refuse(error)
        return _start_page(form), 422
    pages.say(_("The plan is started. Everybody who is named in it is called now."))
    return pages.go_to("plans.show_emergency", emergency_id=emergency_id)


@blueprint.get("/desk/emergencies/<uuid:emergency_id>")
@access.agent
def show_emergency(emergency_id: UUID) -> ResponseReturnValue:
    """Show who is there, what is done, and what customers were told."""
    return _page(find_emergency(emergency_id))


@blueprint.post("/desk/emergencies/<uuid:emergency_id>/answer")
@access.agent
def answer(emergency_id: UUID) -> ResponseReturnValue:
    """Say that one is there."""

    def say(session: "Session", row: Emergency, by: Actor, at: datetime) -> object:
        return services.answer(session, row, by=by, at=at)

    return _change(emergency_id, OnceForm(), say)


@blueprint.post("/desk/emergencies/<uuid:emergency_id>/steps/<int:place>/done")
@access.agent
def finish_step(emergency_id: UUID, place: int) -> ResponseReturnValue:
    """Tick off a line of the checklist."""

    def finish(session: "Session", row: Emergency, by: Actor, at: datetime) -> None:
        step = queries.step_of(session, row.id, place) or abort(404)
        services.finish_step(session, row, step, by=by, at=at)

    return _change(emergency_id, OnceForm(), finish)


@blueprint.post("/desk/emergencies/<uuid:emergency_id>/told")
@access.agent
def tell(emergency_id: UUID) -> ResponseReturnValue:
    """Tell the customers."""
    form = TellForm()

    def say(session: "Session", row: Emergency, by: Actor, at: datetime) -> None:
        services.tell(session, row, news=form.news(), by=by, at=at)

    return _change(emergency_id, form, say)


@blueprint.post("/desk/emergencies/<uuid:emergency_id>/notes")
@access.agent
def note(emergency_id: UUID) -> ResponseReturnValue:
    """Write a line into the log."""
    form = NoteForm()

    def write(session: "Session", row: Emergency, by: Actor, at: datetime) -> None:
        services.note(session, row, words=form.note.data, by=by, at=at)

    return _change(emergency_id, form, write)


@blueprint.post("/desk/emergencies/<uuid:emergency_id>/end")
@access.agent
def end(emergency_id: UUID) -> ResponseReturnValue:
    """Say that it is over."""

    def finish(session: "Session", row: Emergency, by: Actor, at: datetime) -> None:
        services.end(session, row, by=by, at=at)

    return _change(emergency_id, OnceForm(), finish)


@blueprint.post("/desk/emergencies/<uuid:emergency_id>/lessons")
@access.agent
def look_back(emergency_id: UUID) -> ResponseReturnValue:
    """Keep what was learned."""
    form = LookBackForm()

    def keep(session: "Session", row: Emergency, by: Actor, at: datetime) -> object:
        return services.look_back(session, row, lessons=form.lessons(), by=by, at=at)

    return _change(emergency_id, form, keep)


@blueprint.post("/desk/emergencies/<uuid:emergency_id>/actions/<uuid:action_id>/done")
@access.agent
def finish_action(emergency_id: UUID, action_id: UUID) -> ResponseReturnValue:
    """Say that something is done that was agreed on afterwards."""

    def finish(session: "Session", row: Emergency, by: Actor, at: datetime) -> None:
        action = services.action_of(session, row, action_id) or abort(404)
        services.finish_action(session, row, action, by=by, at=at)

    return _change(emergency_id, OnceForm(), finish)


def _change(emergency_id: UUID, form: OnceForm, change: Change) -> ResponseReturnValue:
    """Change an emergency and show it; what is refused stands on its page with everything that was typed."""
    page = find_emergency(emergency_id)
    if not form.validate() or not _is_whole(form):
        return _page(page, form), 422
    try:
        change_once(emergency_id, form, change)
    except DomainError as error:
        if not isinstance(form, TellForm | NoteForm | LookBackForm):
            pages.say(_("It has ended meanwhile. Nothing can be added any more."), "stop")
            return pages.go_to("plans.show_emergency", emergency_id=emergency_id)
        form.refuse(error)
        return _page(page, form), 422
    return pages.go_to("plans.show_emergency", emergency_id=emergency_id)


def _is_whole(form: OnceForm) -> bool:
    return form.check_actions() if isinstance(form, LookBackForm) else True


def _page(page: EmergencyPage, form: OnceForm | None = None) -> str:
    actor = current_actor()
    telling = form if isinstance(form, TellForm) else TellForm(formdata=None)
    noting = form if isinstance(form, NoteForm) else NoteForm(formdata=None)
    looking = form if isinstance(form, LookBackForm) else LookBackForm(formdata=None)
    others = max(links_of(web.reading(), page.notice_id).open - 1, 0) if page.notice_id else 0
    telling.offer(others=others, is_for_everybody=not page.is_agreed_with_one)
    waiting = [each for each in page.calls if each.agent_id == actor.agent_id and each.answered_at is None]
    return pages.page(
        "plans/emergency.html",
        emergency=page,
        telling=telling,
        others=others,
        noting=noting,
        looking=looking,
        once=OnceForm(formdata=None),
        may_tell=permissions.may_tell(actor, page.calls),
        is_called=bool(waiting),
        problems=problems_of(telling, noting, looking),
        now=clock.now(),
    )


def _start_form(form: StartForm) -> StartForm:
    found = queries.plans(web.reading(), current_actor())
    form.offer([(each.id, each.name) for each in found])
    return form


def _start_page(form: StartForm) -> str:
    return pages.page("plans/start.html", form=form, problems=problems_of(form))


def _start_once(form: StartForm) -> UUID:
    actor, at, key = current_actor(), clock.now(), once_key(form)
    with web.changing() as session:
        earlier = idempotency.earlier_result(session, key, purpose=_PURPOSE, person_id=actor.person_id)
        if earlier is not None:
            return UUID(earlier["emergency"])
        plan = queries.plan_to_change(session, actor, UUID(form.plan.data)) or abort(404)
        mode = Mode(form.mode.data)
        ticket = ticket_to_change(session, form.reference.data.upper(), actor) if mode is Mode.REAL else None
        row = services.start(session, plan, how=Start(mode, form.words.data, ticket), by=actor, at=at)
        result = {"emergency": str(row.id)}
        idempotency.remember(session, key, purpose=_PURPOSE, person_id=actor.person_id, result=result, at=at)
    return row.id
