"""Handing over duty, now or planned ahead."""

from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import clock, web
from portal.core.errors import DomainError
from portal.teams import services
from portal.teams.forms import DutyForm
from portal.teams.queries import agents
from portal.teams.views.blueprint import blueprint
from portal.teams.views.teams import teams_page
from portal.ui import access, pages
from portal.ui.access import current_actor


@blueprint.post("/duty")
@access.agent
def hand_over() -> ResponseReturnValue:
    """Let somebody be on duty from now, or from a later time on."""
    form = DutyForm(prefix="duty")
    form.offer(agents(web.reading()))
    if not form.validate():
        return teams_page(duty=form), 422
    try:
        with web.changing() as session:
            services.plan_turn(
                session,
                agent_id=UUID(form.agent.data),
                from_at=form.from_at,
                note=form.note.data,
                by=current_actor(),
                at=clock.now(),
            )
    except DomainError as error:
        form.refuse(error)
        return teams_page(duty=form), 422
    pages.say(_("The duty is planned.") if form.from_at else _("The duty is handed over."))
    return pages.go_to("teams.show_teams")


@blueprint.post("/duty/<uuid:turn_id>/removal")
@access.agent
def take_back_turn(turn_id: UUID) -> ResponseReturnValue:
    """Take back a turn that has not begun."""
    try:
        with web.changing() as session:
            if not services.take_back_turn(session, turn_id, at=clock.now()):
                abort(404)
    except DomainError:
        pages.say(_("This turn has begun. Hand the duty over instead."), "stop")
    return pages.go_to("teams.show_teams")
