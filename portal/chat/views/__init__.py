"""Connecting and disconnecting chat groups."""

from uuid import UUID

from flask import Blueprint, Flask, abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.models import Organisation
from portal.chat import permissions, queries, services
from portal.chat.forms import GroupForm
from portal.chat.models import ChatService
from portal.chat.permissions import ChatError
from portal.chat.services import Robot
from portal.core import clock, web
from portal.ui import access, languages, pages
from portal.ui.access import current_actor

blueprint = Blueprint("chat", __name__)


def init_app(app: Flask) -> None:
    """Lead from an organisation's page to its chat groups."""
    pages.fill_slot(app, "beside-organisation", _link)


@blueprint.get("/organisations/<uuid:organisation_id>/chat")
@access.signed_in
def show(organisation_id: UUID) -> ResponseReturnValue:
    """Show which groups are connected, and connect another."""
    return _page(_organisation(organisation_id), GroupForm(formdata=None, language=languages.current_locale()))


@blueprint.post("/organisations/<uuid:organisation_id>/chat")
@access.signed_in
def connect(organisation_id: UUID) -> ResponseReturnValue:
    """Connect a group, and send it a first message."""
    organisation, form, at = _organisation(organisation_id), GroupForm(), clock.now()
    if not form.validate():
        return _page(organisation, form), 422
    robot = Robot(ChatService(form.service.data), form.address.data, form.secret.data or "", form.language.data)
    settings = languages.settings()
    try:
        permissions.require_robot(robot.service, robot.address, may_be_local=settings.chat_on_this_machine)
        with web.changing() as session:
            group = services.connect(
                session, organisation.id, robot=robot, by=current_actor(), at=at, secret_key=settings.secret_key
            )
            services.try_out(session, group, at=at)
    except ChatError as error:
        form.address.errors = [_WORDS[error.code]()]
        return _page(organisation, form), 422
    pages.say(_("The group is connected. A first message is on its way."))
    return pages.go_to("chat.show", organisation_id=organisation.id)


@blueprint.post("/organisations/<uuid:organisation_id>/chat/<uuid:group_id>/end")
@access.signed_in
def disconnect(organisation_id: UUID, group_id: UUID) -> ResponseReturnValue:
    """Stop telling a group; one that is not connected any more stays so."""
    organisation = _organisation(organisation_id)
    with web.changing() as session:
        for group in queries.groups_of(session, organisation.id):
            if group.id == group_id:
                services.disconnect(session, group, by=current_actor(), at=clock.now())
    pages.say(_("The group gets no more messages."))
    return pages.go_to("chat.show", organisation_id=organisation.id)


def _organisation(organisation_id: UUID) -> Organisation:
    actor = current_actor()
    organisation = queries.organisation_for(web.reading(), actor, organisation_id) or abort(404)
    if not permissions.may_connect(actor, organisation_id):
        abort(403)
    return organisation


def _page(organisation: Organisation, form: GroupForm) -> str:
    groups = queries.groups_of(web.reading(), organisation.id)
    problems = [(str(each.id), text) for each, text in form.problems()]
    return pages.page("chat/groups.html", organisation=organisation, groups=groups, form=form, problems=problems)


def _link() -> str | None:
    actor = current_actor()
    if actor.organisation_id is None or not permissions.may_connect(actor, actor.organisation_id):
        return None
    return pages.page("chat/_link.html", organisation_id=actor.organisation_id)


_WORDS = {
    "not-a-robot": lambda: str(
        _("This is not the address of a robot there. Copy it whole from the group’s settings; it begins with https://.")
    ),
    "too-many": lambda: str(_("Ten groups are connected already. Disconnect one of them first.")),
}
"""What to do about what the rules refuse."""
