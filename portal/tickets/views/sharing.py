"""Letting colleagues in on a ticket."""

from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import web
from portal.tickets import queries, services
from portal.tickets.forms import ShareForm
from portal.tickets.permissions import Action, ActionError
from portal.tickets.queries import TicketPage
from portal.tickets.services import SharingError
from portal.tickets.views.finding import blueprint, change_once, find_page, problems_of
from portal.ui import access, pages
from portal.ui.access import current_actor
from portal.ui.forms import OnceForm


@blueprint.get("/tickets/<reference>/sharing")
@access.customer
def show_sharing(reference: str) -> ResponseReturnValue:
    """Show who sees a ticket, and let its owner decide."""
    found = find_page(reference)
    return _sharing_page(found, _form(found, ShareForm(formdata=None)))


@blueprint.get("/shares")
@access.customer
def show_shares() -> ResponseReturnValue:
    """Show every share that somebody may take back, of all their tickets."""
    found = queries.open_shares(web.reading(), current_actor(), after=_place(request.args.get("after", "")))
    return pages.page("tickets/shares.html", found=found, once=OnceForm(formdata=None))


@blueprint.post("/tickets/<reference>/shares")
@access.customer
def share(reference: str) -> ResponseReturnValue:
    """Let a colleague in."""
    found = _shareable(reference)
    form = _form(found, ShareForm())
    # Whoever was let in a moment ago can be chosen too: the same form may come twice, and is answered twice alike.
    let_in = {str(each.contact_id): each.name for each in queries.shares_of(web.reading(), found.ticket.id)}
    names = {**let_in, **dict(form.contact.choices)}
    if not form.validate() or form.contact.data not in names:
        form.contact.errors = form.contact.errors or [_("Choose a colleague from the list.")]
        return _sharing_page(found, form), 422
    contact_id = UUID(form.contact.data)
    try:
        change_once(
            reference,
            form,
            lambda session, ticket, by, at: services.share(session, ticket, contact_id=contact_id, by=by, at=at),
        )
    except (ActionError, SharingError):
        form.contact.errors = [_("This colleague sees it already, or is not with you any more.")]
        return _sharing_page(find_page(reference), form), 422
    pages.say(_("%(name)s now sees this and can reply.", name=names[form.contact.data]))
    return pages.go_to("tickets.show_sharing", reference=reference)


@blueprint.post("/tickets/<reference>/shares/<uuid:contact_id>/revoke")
@access.customer
def unshare(reference: str, contact_id: UUID) -> ResponseReturnValue:
    """Stop sharing with a colleague."""
    _shareable(reference)
    form = OnceForm()
    change_once(
        reference,
        form,
        lambda session, ticket, by, at: services.unshare(session, ticket, contact_id=contact_id, by=by, at=at),
    )
    pages.say(_("It is no longer shared with this colleague."))
    if "from_all" in request.form:
        return pages.go_to("tickets.show_shares")
    return pages.go_to("tickets.show_sharing", reference=reference)


def _place(text: str) -> UUID | None:
    """Return where a page begins; an address that somebody has changed begins at the top."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _shareable(reference: str) -> TicketPage:
    found = find_page(reference)
    if Action.SHARE not in found.actions:
        abort(403)
    return found


def _form(found: TicketPage, form: ShareForm) -> ShareForm:
    colleagues = queries.colleagues(web.reading(), found.ticket, current_actor())
    form.contact.choices = [(str(each.contact_id), each.name) for each in colleagues]
    return form


def _sharing_page(found: TicketPage, form: ShareForm) -> str:
    return pages.page(
        "tickets/sharing.html", found=found, form=form, problems=problems_of(form), once=OnceForm(formdata=None)
    )
