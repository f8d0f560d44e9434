"""The customer's first page, their organisation, and what everyone may read about the portal itself."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts import queries as accounts
from portal.core import clock, web
from portal.home import queries
from portal.ui import access, languages, pages

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@access.signed_in
def show() -> ResponseReturnValue:
    """Show a customer what waits for them; agents go to the desk."""
    if access.current_actor().is_agent:
        return pages.go_to("desk.show_queue")
    return pages.page("home/show.html")


@blueprint.get("/organisation")
@access.customer
def show_organisation() -> ResponseReturnValue:
    """Show a customer their organisation: what it runs, who is there, who serves it."""
    actor, session = access.current_actor(), web.reading()
    if actor.organisation_id is None:
        return pages.go_to("home.show")
    manager, engineer = queries.service_people(session, actor.organisation_id)
    service = [(_("Service manager"), manager), (_("Your engineer"), engineer)]
    return pages.page(
        "home/organisation.html",
        installations=accounts.installations_of(session, actor.organisation_id),
        contacts=accounts.contacts_of(session, actor.organisation_id),
        invitations=accounts.invitations_of(session, actor.organisation_id, at=clock.now()) if actor.is_manager else [],
        service=[(term, name) for term, name in service if name],
    )


@blueprint.get("/accessibility")
@access.public
def show_accessibility() -> ResponseReturnValue:
    """Say how the portal works for everyone, and whom to tell where it doesn't."""
    return pages.page("home/accessibility.html")


@blueprint.get("/privacy")
@access.public
def show_privacy() -> ResponseReturnValue:
    """Say what is kept, for how long, who sees it, and how to have it erased."""
    return pages.page("home/privacy.html", draft_days=languages.settings().draft_days)
