"""The pages of saved replies."""

from uuid import UUID

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import clock, web
from portal.core.errors import DomainError
from portal.replies import queries, services
from portal.replies.forms import ReplyForm
from portal.replies.queries import PLACES
from portal.ui import access, pages

blueprint = Blueprint("replies", __name__, url_prefix="/desk/replies")


@blueprint.get("")
@access.agent
def show_replies() -> ResponseReturnValue:
    """List the saved replies."""
    return pages.page("replies/list.html", replies=queries.replies(web.reading()))


@blueprint.get("/new")
@access.agent
def write_reply() -> ResponseReturnValue:
    """Ask for a new saved reply."""
    return _page(None, ReplyForm(formdata=None, prefix="saved"))


@blueprint.post("/new")
@access.agent
def add_reply() -> ResponseReturnValue:
    """Keep a new saved reply."""
    return _keep(None)


@blueprint.get("/<uuid:reply_id>")
@access.agent
def show_reply(reply_id: UUID) -> ResponseReturnValue:
    """Show a saved reply, to change it."""
    form = ReplyForm(formdata=None, prefix="saved")
    form.show(queries.reply_of(web.reading(), reply_id) or abort(404))
    return _page(reply_id, form)


@blueprint.post("/<uuid:reply_id>")
@access.agent
def change_reply(reply_id: UUID) -> ResponseReturnValue:
    """Keep a saved reply in place of what it was."""
    if queries.reply_of(web.reading(), reply_id) is None:
        abort(404)
    return _keep(reply_id)


@blueprint.post("/<uuid:reply_id>/removal")
@access.agent
def remove_reply(reply_id: UUID) -> ResponseReturnValue:
    """Remove a saved reply."""
    if queries.reply_of(web.reading(), reply_id) is None:
        abort(404)
    with web.changing() as session:
        services.remove_reply(session, reply_id)
    pages.say(_("The saved reply is gone. What was sent with it stays."))
    return pages.go_to("replies.show_replies")


def _keep(reply_id: UUID | None) -> ResponseReturnValue:
    form = ReplyForm(prefix="saved")
    if not form.validate() or not form.has_words():
        return _page(reply_id, form), 422
    try:
        with web.changing() as session:
            services.keep_reply(
                session, reply_id, name=form.name.data, texts=form.texts, by=access.current_actor(), at=clock.now()
            )
    except DomainError as error:
        form.refuse(error)
        return _page(reply_id, form), 422
    pages.say(_("Kept. Everybody at the desk can use it."))
    return pages.go_to("replies.show_replies")


def _page(reply_id: UUID | None, form: ReplyForm) -> str:
    return pages.page("replies/reply.html", reply_id=reply_id, form=form, places=PLACES)
