"""Plans: which there are, what they say, and writing them."""

from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import clock, web
from portal.core.errors import DomainError
from portal.plans import permissions, queries, services
from portal.plans.forms import PlanForm, kind_words, problems_of
from portal.plans.queries import PlanPage
from portal.plans.views.blueprint import blueprint, find_plan
from portal.ui import access, pages
from portal.ui.access import current_actor


@blueprint.get("/desk/plans")
@access.agent
def index() -> ResponseReturnValue:
    """List plans, and the emergencies and drills that run or have been."""
    session, actor = web.reading(), current_actor()
    return pages.page(
        "plans/index.html",
        plans=queries.plans(session, actor),
        running=queries.emergencies(session, actor, is_running=True),
        ended=queries.emergencies(session, actor, is_running=False),
        kinds=kind_words(),
        may_plan=permissions.may_plan(actor),
        now=clock.now(),
    )


@blueprint.get("/desk/plans/<uuid:plan_id>")
@access.agent
def show_plan(plan_id: UUID) -> ResponseReturnValue:
    """Show what a plan says."""
    may_plan = permissions.may_plan(current_actor())
    return pages.page("plans/plan.html", plan=find_plan(plan_id), kinds=kind_words(), may_plan=may_plan)


@blueprint.get("/desk/plans/new")
@access.admin
def new_plan() -> ResponseReturnValue:
    """Ask for a new plan; for one organisation where the address names it."""
    return _form_page(_form(_organisation(), is_shown=True), None, _organisation())


@blueprint.post("/desk/plans/new")
@access.admin
def add_plan() -> ResponseReturnValue:
    """Keep a new plan."""
    return _keep(None, _organisation())


@blueprint.get("/desk/plans/<uuid:plan_id>/edit")
@access.admin
def edit_plan(plan_id: UUID) -> ResponseReturnValue:
    """Show a plan to be changed."""
    plan = find_plan(plan_id)
    form = _form(plan.organisation_id, is_shown=True)
    form.fill(plan)
    return _form_page(form, plan, plan.organisation_id)


@blueprint.post("/desk/plans/<uuid:plan_id>/edit")
@access.admin
def change_plan(plan_id: UUID) -> ResponseReturnValue:
    """Keep a plan as it was changed."""
    plan = find_plan(plan_id)
    return _keep(plan, plan.organisation_id)


def _keep(plan: PlanPage | None, organisation_id: UUID | None) -> ResponseReturnValue:
    form, actor, at = _form(organisation_id), current_actor(), clock.now()
    is_right = form.validate()
    if not form.check_rows() or not is_right:
        return _form_page(form, plan, organisation_id), 422
    try:
        with web.changing() as session:
            row = (queries.plan_to_change(session, actor, plan.id) or abort(404)) if plan else None
            kept = services.write_plan(session, row, plan=form.plan(organisation_id), by=actor, at=at)
            plan_id = kept.id
    except DomainError as error:
        form.refuse(error)
        return _form_page(form, plan, organisation_id), 422
    pages.say(_("The plan is kept. What runs already goes on as it was started."))
    return pages.go_to("plans.show_plan", plan_id=plan_id)


def _form(organisation_id: UUID | None, *, is_shown: bool = False) -> PlanForm:
    form = PlanForm(formdata=None) if is_shown else PlanForm()
    session = web.reading()
    form.offer(queries.agents(session), queries.contacts_of(session, organisation_id))
    return form


def _organisation() -> UUID | None:
    """Return the organisation that a new plan is agreed with, if the address names one."""
    asked = request.values.get("organisation", "")
    try:
        return UUID(asked) if asked else None
    except ValueError:
        abort(404)


def _form_page(form: PlanForm, plan: PlanPage | None, organisation_id: UUID | None) -> str:
    name = (
        plan.organisation_name if plan else queries.organisation_name(web.reading(), current_actor(), organisation_id)
    )
    if organisation_id is not None and not name:
        abort(404)
    return pages.page(
        "plans/edit.html",
        form=form,
        plan=plan,
        organisation_id=organisation_id,
        organisation_name=name,
        problems=problems_of(form),
    )
