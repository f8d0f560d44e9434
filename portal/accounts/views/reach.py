"""Finding whom and what a reader may manage."""

from uuid import UUID

from flask import abort
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.accounts import permissions, queries
from portal.accounts.models import Contact, Installation, Organisation
from portal.ui import access, pages


def find_organisation(session: Session, organisation_id: UUID) -> Organisation:
    """Return an organisation that the reader may see and manage; 404 and 403 otherwise."""
    visible = queries.organisations_visible_to(access.current_actor())
    found = session.execute(visible.where(Organisation.id == organisation_id)).scalar()
    if found is None:
        abort(404)
    if not permissions.may_invite(access.current_actor(), organisation_id):
        abort(403)
    return found


def find_contact(session: Session, contact_id: UUID) -> Contact:
    """Return somebody of an organisation that the reader manages; whoever can't sign in any more isn't there."""
    found = queries.active_contact(session, contact_id) or abort(404)
    find_organisation(session, found.organisation_id)
    return found


def find_installation(session: Session, installation_id: UUID) -> Installation:
    """Return what an organisation that the reader manages runs."""
    found = session.get(Installation, installation_id) or abort(404)
    find_organisation(session, found.organisation_id)
    return found


def go_back_to(organisation_id: UUID) -> Response:
    """Show the organisation again, to a customer or to an agent."""
    if access.current_actor().is_agent:
        return pages.go_to("desk.show_organisation", organisation_id=organisation_id)
    return pages.go_to("home.show_organisation")
