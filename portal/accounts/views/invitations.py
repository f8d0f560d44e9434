"""Invitations: sent by support or the organisation's manager, taken back, accepted."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from portal.accounts import doorman, passwords, queries, services
from portal.accounts.forms import AcceptInvitationForm, InvitationForm
from portal.accounts.models import Invitation, Organisation
from portal.accounts.views.blueprint import blueprint
from portal.accounts.views.reach import find_organisation, go_back_to
from portal.core import clock, limits, web
from portal.core.actor import Role
from portal.ui import access, languages, pages

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_INVITATIONS_A_DAY = 200


@blueprint.get("/organisations/<uuid:organisation_id>/invitations/new")
@access.signed_in
def new_invitation(organisation_id: UUID) -> ResponseReturnValue:
    """Ask whom to invite."""
    organisation = find_organisation(web.reading(), organisation_id)
    return pages.page("accounts/invite.html", form=InvitationForm(), organisation=organisation)


@blueprint.post("/organisations/<uuid:organisation_id>/invitations")
@access.signed_in
def invite(organisation_id: UUID) -> ResponseReturnValue:
    """Send an invitation."""
    organisation, form = find_organisation(web.reading(), organisation_id), InvitationForm()
    if form.validate_on_submit():
        if _invite(organisation, form):
            pages.say(form.sent())
            return go_back_to(organisation.id)
        form.refuse_known()
    return pages.page("accounts/invite.html", form=form, organisation=organisation), 422


@blueprint.post("/invitations/<uuid:invitation_id>/revoke")
@access.signed_in
def revoke_invitation(invitation_id: UUID) -> Response:
    """Take an invitation back."""
    with web.changing() as session:
        invitation = session.get(Invitation, invitation_id) or abort(404)
        organisation = find_organisation(session, invitation.organisation_id)
        try:
            services.revoke_invitation(session, invitation, by=access.current_actor(), at=clock.now())
        except services.InvitationError:  # somebody has come in by it: there is nothing left to take back
            abort(404)
    return go_back_to(organisation.id)


@blueprint.get("/invitations/<token>")
@access.public
def show_invitation(token: str) -> ResponseReturnValue:
    """Show an invited person where they are going; looking uses nothing up."""
    invitation = queries.open_invitation(web.reading(), token, at=clock.now())
    if invitation is None:
        return pages.page("accounts/invitation_over.html"), 404
    return pages.page("accounts/accept.html", form=AcceptInvitationForm(name=invitation.name), invitation=invitation)


@blueprint.post("/invitations/<token>")
@access.public
def accept_invitation(token: str) -> ResponseReturnValue:
    """Let the invited person in."""
    form = AcceptInvitationForm()
    invitation = queries.open_invitation(web.reading(), token, at=clock.now())
    if invitation is None:
        return pages.page("accounts/invitation_over.html"), 404
    if not form.validate_on_submit():
        return pages.page("accounts/accept.html", form=form, invitation=invitation), 422
    kept = passwords.hashed(form.password.data)
    try:
        cookie = _accept(token, form.name.data, kept)
    except (services.InvitationError, services.PersonError):  # used meanwhile, or the address has its person already
        return pages.page("accounts/invitation_over.html"), 404
    doorman.let_in(cookie)
    return pages.go_to("home.show")


def _accept(token: str, name: str, password_hash: str) -> str:
    """Make the person, sign them in, and return the token of their session."""
    at, browser, actor = clock.now(), request.user_agent.string, access.current_actor()
    with web.changing() as session:
        person = services.accept_invitation(session, token, name=name, password_hash=password_hash, at=at)
        return services.start_session(session, person_id=person.id, browser=browser, at=at, instead_of=actor.session_id)


def _invite(organisation: Organisation, form: InvitationForm) -> bool:
    """Send an invitation, unless the address is known; each try counts, for a refusal tells something too."""
    with web.changing() as session:
        key = f"invite:{access.signed_in_person()}"
        may_try = limits.hit(session, key, clock.now(), per=timedelta(days=1), most=_INVITATIONS_A_DAY)
        is_sent = may_try and _send(session, organisation, form)
    if not may_try:
        abort(429)
    return is_sent


def _send(session: "Session", organisation: Organisation, form: InvitationForm) -> bool:
    guest = services.Guest(email=form.email.data, name=form.name.data, role=Role(form.role.data))
    key, by, at = languages.settings().secret_key, access.current_actor(), clock.now()
    try:
        services.invite(session, organisation, guest, secret_key=key, by=by, at=at)
    except services.InvitationError:
        return False
    return True
