"""Error pages: in the reader's language, with what is safe, what to do, and a reference to quote."""

import logging
import secrets
from collections.abc import Sequence

from flask import Flask, request
from sqlalchemy.exc import DataError, DBAPIError, OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from portal.ui import languages, pages
from portal.ui.forms import clean

_log = logging.getLogger(__name__)
_SHOWN_AS = {400: 422, 405: 404}
_SECRETS = {"password", "again", "code", "secret"}
_OWN_PAGE = {403, 404, 413, 422, 429, 500, 503}


def error_page(status: int, *, unsent: Sequence[tuple[str, str]] = ()) -> Response:
    """Return the page for a status, with a new reference that the log holds too, and what was not taken."""
    reference = "E-" + secrets.token_hex(4).upper()
    _log.info("answered %s as %s for %s %s", status, reference, request.method, request.endpoint)
    template = f"errors/{status if status in _OWN_PAGE else 500}.html"
    frame = pages.frame_without_database()
    html = pages.render(template, languages.current_locale(), **frame, reference=reference, unsent=unsent)
    return Response(html, status=status, content_type="text/html; charset=utf-8")


def _meet_known(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return Response(error.get_body(), status=status, headers=error.get_headers())
    answer = error_page(_SHOWN_AS.get(status, status))
    answer.status_code = status
    return answer


def _meet_database(error: DBAPIError) -> Response:
    if isinstance(error, DataError) and _names_nothing():
        return error_page(404)
    if not (error.connection_invalidated or isinstance(error, OperationalError)):
        return _meet_unknown(error)
    _log.warning("the database did not answer", exc_info=error)
    answer = error_page(503, unsent=_unsent())
    answer.headers["Retry-After"] = "10"
    return answer


def _names_nothing() -> bool:
    """Whether a NUL stands in the address: PostgreSQL keeps none, so nothing there is called so."""
    return "\0" in request.path or b"%00" in request.query_string


def _unsent() -> list[tuple[str, str]]:
    """Return the fields of a form, to be sent again as they are; one with a password has to be filled in again."""
    if request.method != "POST" or _SECRETS & {name.rpartition("-")[2] for name in request.form}:
        return []
    return [(name, clean(value)) for name, value in request.form.items(multi=True)]


def _meet_unknown(error: Exception) -> Response:
    _log.error("unexpected", exc_info=error)
    return error_page(500)


def init_app(app: Flask) -> None:
    """Answer every error with a page of ours; a stack trace only ever reaches the log."""
    app.register_error_handler(HTTPException, _meet_known)
    app.register_error_handler(DBAPIError, _meet_database)
    app.register_error_handler(Exception, _meet_unknown)
