"""A customer's reply, with files."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core.actor import Actor
from portal.files import delivery
from portal.files.checks import FileProblem
from portal.files.delivery import Uploaded
from portal.files.forms import words_for
from portal.files.services import Owner
from portal.tickets import services
from portal.tickets.forms import ReplyForm
from portal.tickets.models import Ticket
from portal.tickets.permissions import ActionError
from portal.tickets.views.finding import blueprint, change_once, find_page
from portal.tickets.views.quoting import choices_of
from portal.tickets.views.showing import Refused, parts_on, show_page
from portal.ui import access, htmx, pages

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@blueprint.post("/tickets/<reference>/replies")
@access.customer
def add_reply(reference: str) -> ResponseReturnValue:
    """Add what the customer says, then show the ticket again."""
    form = ReplyForm(parts=choices_of(parts_on(reference)))
    files, problems = delivery.take(request.files.getlist("files"))
    refusal = _refusal(form, files, problems)
    if refusal is not None:
        return show_page(find_page(reference), refusal), 422
    try:
        change_once(reference, form, lambda *held: _add(*held, form=form, files=files))
    except ActionError:
        return show_page(find_page(reference), _moved_on(form)), 422
    pages.say(_("Your message is with us."))
    # A script opens the page anew; it wouldn't, if only the place on the page differed.
    return pages.go_to("tickets.show", reference=reference, _anchor=None if htmx.is_asking() else "timeline")


def _add(
    session: "Session", ticket: Ticket, by: Actor, at: datetime, *, form: ReplyForm, files: Sequence[Uploaded]
) -> None:
    owner = Owner(by.person_id, ticket.organisation_id)
    kept = delivery.keep(session, files, owner=owner, at=at)
    update = services.Update(form.body.data, kept, about=form.about.data or "")
    services.add_update(session, ticket, update=update, by=by, at=at)
    services.forget_reply(session, ticket, by=by)


def _refusal(form: ReplyForm, files: Sequence[Uploaded], problems: Sequence[FileProblem]) -> Refused | None:
    """Return what is to be done before the reply can be sent, or None."""
    todo = [] if form.validate() else [("body", text) for _field, text in form.problems()]
    if not todo and not problems and not form.body.data and not files:
        todo.append(("body", _("Write something, or add a file.")))
    todo += [("files", words_for(each)) for each in problems]
    if todo and files:
        todo.append(("files", _("Please choose your other files once more; a page can't keep them.")))
    errors = dict(reversed(todo))
    return Refused(reply=form, problems=todo, errors=errors) if todo else None


def _moved_on(form: ReplyForm) -> Refused:
    """Keep a reply to a ticket that closed or was solved meanwhile."""
    text = _("This was solved or closed while you were writing. Your text is kept below.")
    return Refused(reply=form, problems=[("kept", text)])
