"""Putting a surge aside that is none, and taking that back."""

from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import clock, web
from portal.incidents import queries, services
from portal.incidents.forms import AsideForm
from portal.incidents.services import AsideError
from portal.incidents.views.blueprint import blueprint
from portal.incidents.views.board import Refused, board_page, find_suspect
from portal.ui import access, pages
from portal.ui.access import current_actor
from portal.ui.forms import OnceForm


@blueprint.post("/desk/surges/<uuid:surge_id>/aside")
@access.agent
def put_aside(surge_id: UUID) -> ResponseReturnValue:
    """Say why a surge is none; it leaves the desk, and the rule goes on counting."""
    form, by = AsideForm(), current_actor()
    find_suspect(surge_id)
    if not form.validate():
        return board_page(Refused(surge_id, form)), 422
    try:
        with web.changing() as session:
            surge = queries.surge_to_change(session, by, surge_id) or abort(404)
            is_new = services.put_aside(session, surge, reason=form.reason.data, by=by, at=clock.now())
    except AsideError as error:
        form.refuse(error)
        return board_page(Refused(surge_id, form)), 422
    if is_new:
        pages.say(_("It is put aside. It comes up again only if it is quiet first, and then many report it anew."))
    else:
        pages.say(_("A colleague has put it aside already. You find their reason below."))
    return pages.go_to("incidents.show_board", _anchor="aside")


@blueprint.post("/desk/surges/<uuid:surge_id>/aside/removal")
@access.agent
def take_back(surge_id: UUID) -> ResponseReturnValue:
    """Say that a surge may be one after all."""
    find_suspect(surge_id)
    if not OnceForm().validate():
        return board_page(), 422
    by = current_actor()
    with web.changing() as session:
        surge = queries.surge_to_change(session, by, surge_id) or abort(404)
        services.take_back(session, surge, by=by, at=clock.now())
    pages.say(_("It stands on the desk again."))
    return pages.go_to("incidents.show_board")
