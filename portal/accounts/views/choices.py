"""The language and the theme, kept in the reader's browser."""

from collections.abc import Sequence

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.accounts.views.blueprint import blueprint
from portal.core.i18n import LOCALES
from portal.ui import access, languages
from portal.ui.redirects import own_path

_LASTS = 400 * 24 * 3600
"""Seconds; browsers keep nothing longer."""


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
    is_secure = languages.settings().secure_cookies
    response.set_cookie(cookie, chosen, max_age=_LASTS, samesite="Lax", httponly=True, secure=is_secure)
    return response
