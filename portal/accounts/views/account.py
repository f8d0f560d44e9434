"""A person's own settings: password, and where they are signed in."""

from datetime import timedelta
from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from portal.accounts import doorman, passwords, queries, services
from portal.accounts.forms import ChangePasswordForm
from portal.accounts.models import Person
from portal.accounts.views.blueprint import blueprint
from portal.core import clock, limits, web
from portal.ui import access, pages

_STRETCH = timedelta(minutes=15)
_TRIES = 10


@blueprint.get("/account")
@access.signed_in
def show_account() -> ResponseReturnValue:
    """Show a person their own settings and where they are signed in."""
    return _show(ChangePasswordForm(formdata=None))


@blueprint.post("/account/password")
@access.signed_in
def change_password() -> ResponseReturnValue:
    """Take a new password, and sign out everywhere."""
    form = ChangePasswordForm()
    if not form.validate_on_submit():
        return _show(form), 422
    person = web.reading().get_one(Person, access.signed_in_person())
    _count_try(person)
    if not passwords.matches(form.current.data, person.password):
        form.refuse_current()
        return _show(form), 422
    kept = passwords.hashed(form.password.data)
    with web.changing() as session:
        services.change_password(session, session.get_one(Person, person.id), password_hash=kept, at=clock.now())
    doorman.let_out()
    pages.say(form.changed())
    return pages.go_to("accounts.sign_in")


@blueprint.post("/account/sessions/<uuid:session_id>/end")
@access.signed_in
def end_session(session_id: UUID) -> Response:
    """Sign out somewhere else."""
    with web.changing() as session:
        services.end_session(session, session_id=session_id, person_id=access.signed_in_person(), at=clock.now())
    return pages.go_to("accounts.show_account")


@blueprint.post("/account/sessions/end-all")
@access.signed_in
def end_all_sessions() -> Response:
    """Sign out everywhere, here too."""
    with web.changing() as session:
        services.end_all_sessions(session, person_id=access.signed_in_person(), at=clock.now())
    doorman.let_out()
    return pages.go_to("accounts.sign_in")


def _count_try(person: Person) -> None:
    """Count a try at somebody's own password; whoever found their browser open must not guess it here either."""
    with web.changing() as session:
        may_try = limits.hit(session, f"password-of:{person.id}", clock.now(), per=_STRETCH, most=_TRIES)
    if not may_try:
        abort(429)


def _show(form: ChangePasswordForm) -> str:
    person = web.reading().get_one(Person, access.signed_in_person())
    return pages.page(
        "accounts/account.html",
        form=form,
        person=person,
        sessions=queries.sessions_of(web.reading(), person.id, at=clock.now()),
    )
