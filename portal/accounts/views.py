"""Signing in and out, and a person's own settings."""

from collections.abc import Sequence

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.accounts import doorman, queries, services
from portal.core import clock, web
from portal.core.i18n import LOCALES
from portal.ui import access, languages, pages
from portal.ui.redirects import own_path

blueprint = Blueprint("accounts", __name__)


@blueprint.get("/sign-in")
@access.public
def sign_in() -> ResponseReturnValue:
    """Show the ways to sign in."""
    return pages.page("accounts/sign_in.html", cast=_demo_cast(web.reading()))


@blueprint.post("/sign-in/demo")
@access.public
def sign_in_as_demo_person() -> ResponseReturnValue:
    """Sign in as one of the demo's people; only in demo mode."""
    if not languages.settings().demo:
        abort(404)
    person_id = queries.demo_person_id(web.reading(), request.form.get("person", ""))
    if person_id is None:
        abort(404)
    with web.changing() as session:
        token = services.start_session(
            session, person_id=person_id, browser=request.user_agent.string, at=clock.now()
        )
    doorman.let_in(token)
    return pages.go_to("home.show")


@blueprint.post("/sign-out")
@access.signed_in
def sign_out() -> Response:
    """End this browser's session."""
    doorman.let_out()
    return pages.go_to("accounts.sign_in")


def _demo_cast(session: Session) -> list[dict[str, str]]:
    return queries.demo_cast(session) if languages.settings().demo else []




@blueprint.get("/account")
@access.signed_in
def show_account() -> ResponseReturnValue:
    """Show a person their own settings and where they are signed in."""
    return pages.page("accounts/account.html")


@blueprint.post("/language")
@access.public
def choose_language() -> Response:
    """Keep the reader's language in this browser."""
    return _keep_choice(languages.LOCALE_COOKIE, "locale", tuple(LOCALES))


@blueprint.post("/theme")
@access.public
def choose_theme() -> Response:
    """Keep light, dark or the system's choice in this browser."""
    return _keep_choice(languages.THEME_COOKIE, "theme", languages.THEMES)


def _keep_choice(cookie: str, field: str, allowed: Sequence[str]) -> Response:
    chosen = request.form.get(field, "")
    if chosen not in allowed:
        abort(422)
    response = redirect(own_path(request.form.get("next", "")) or url_for("home.show"), 303)
    response.set_cookie(
        cookie, chosen, max_age=400 * 24 * 3600, samesite="Lax", httponly=True, secure=languages.settings().secure_cookies
    )
    return response
