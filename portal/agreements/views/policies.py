"""Policies on the desk: which applies, and changing one."""

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.agreements import queries, services
from portal.agreements.forms import PolicyForm
from portal.agreements.queries import PolicyVersion
from portal.agreements.services import PolicyError
from portal.agreements.terms import DEFAULT
from portal.agreements.views.blueprint import blueprint
from portal.core import clock, web
from portal.core.errors import StaleError
from portal.ui import access, pages
from portal.ui.access import current_actor
from portal.ui.forms import clean


@blueprint.get("/desk/promises")
@access.agent
def show_policies() -> ResponseReturnValue:
    """Say which policies apply, in the order in which they are tried."""
    session = web.reading()
    return pages.page(
        "agreements/policies.html", policies=queries.policies(session), calendars=queries.calendars(session)
    )


@blueprint.get("/desk/promises/policies/<policy>")
@access.admin
def edit_policy(policy: str) -> ResponseReturnValue:
    """Ask for what a policy is to say from now on."""
    found = _find(policy)
    form = _form()
    form.show(found.policy)
    return _page(form, found)


@blueprint.post("/desk/promises/policies/<policy>")
@access.admin
def save_policy(policy: str) -> ResponseReturnValue:
    """Let a policy's next version apply from now on."""
    found, form = _find(policy), _form()
    if not form.validate_on_submit():
        return _page(form, found), 422
    try:
        with web.changing() as session:
            written = form.policy(found.policy.name, found.policy.rank)
            services.save_policy(session, written, by=current_actor(), at=clock.now(), seen=form.seen)
    except (PolicyError, StaleError) as error:
        form.refuse(error)
        # What has changed is on the page now, so that saving again is a decision.
        form.version.data = str(_find(policy).policy.version)
        return _page(form, found), 422
    pages.say(_("This applies from now on. What was promised before stays as it was."))
    return pages.go_to("agreements.show_policies")


def _find(name: str) -> PolicyVersion:
    return queries.policy_named(web.reading(), clean(name)) or abort(404)


def _form() -> PolicyForm:
    form = PolicyForm()
    form.offer([each.calendar.name for each in queries.calendars(web.reading())])
    return form


def _page(form: PolicyForm, found: PolicyVersion) -> str:
    is_default = found.policy.name == DEFAULT
    return pages.page("agreements/policy.html", form=form, found=found, is_default=is_default)
