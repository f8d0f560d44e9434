"""Whether the rule gives out new tickets."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import clock, web
from portal.teams import services
from portal.teams.views.blueprint import blueprint
from portal.ui import access, pages
from portal.ui.access import current_actor


@blueprint.post("/giving-out")
@access.admin
def switch_giving_out() -> ResponseReturnValue:
    """Let the rule give out new tickets, or leave it to people."""
    is_on = request.form.get("on") == "yes"
    with web.changing() as session:
        services.switch_giving_out(session, is_on=is_on, by=current_actor(), at=clock.now())
    pages.say(
        _("The rule gives out new tickets from now on.") if is_on else _("New tickets wait until somebody takes them.")
    )
    return pages.go_to("teams.show_teams")
