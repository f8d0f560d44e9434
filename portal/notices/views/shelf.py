"""Notices that were just shown to somebody signed out are kept for the next reader, for a few seconds.

Whatever agents do in this process is seen at once: the shelf is emptied after it. What another process did, such as the
worker that publishes, is seen within fifteen seconds. Asking the database for each reader whether anything has changed
would cost more than all the rest of the answer.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app, request, session
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from portal.core import clock
from portal.notices.views.pieces import blueprint
from portal.ui import htmx, languages

_EXTENSION = "plainport.notices.shelf"
_FRESH = timedelta(seconds=15)
_MOST = 500
_TOKEN = "\x00token\x00"  # noqa: S105 (stands where each reader's own token goes)


@dataclass(frozen=True, slots=True)
class _Kept:
    pieces: tuple[bytes, ...]
    """What stands between each place and the next where a reader's own token goes."""
    etag: str
    at: datetime


def answer(code: str, make: Callable[[], str]) -> Response:
    """Return a page for somebody signed out: kept if it is fresh, and nothing at all if they have it already."""
    if request.query_string or session.get("_flashes") or htmx.is_asking():
        return current_app.make_response(make())
    kept = _find(code) or _keep(code, make)
    headers = {"ETag": f'W/"{kept.etag}"', "Cache-Control": "private, no-cache"}
    if request.if_none_match.contains_weak(kept.etag):
        return current_app.response_class(status=304, headers=headers)
    body = generate_csrf().encode().join(kept.pieces)
    return current_app.response_class(body, headers=headers)


@blueprint.after_app_request
def empty_after_changes(response: Response) -> Response:
    """Empty the shelf after anything that agents did: it may have changed what a notice says."""
    if request.method == "POST" and request.path.startswith("/desk/"):
        current_app.extensions[_EXTENSION] = OrderedDict()
    return response


def _shelf() -> "OrderedDict[tuple[str, str, str], _Kept]":
    kept: OrderedDict[tuple[str, str, str], _Kept] = current_app.extensions.setdefault(_EXTENSION, OrderedDict())
    return kept


def _key(code: str) -> tuple[str, str, str]:
    return code, languages.current_locale(), languages.current_theme()


def _find(code: str) -> _Kept | None:
    kept = _shelf().get(_key(code))
    return kept if kept and clock.now() - kept.at < _FRESH else None


def _keep(code: str, make: Callable[[], str]) -> _Kept:
    # Taken before the page is read: what is changed meanwhile empties the shelf, and this page goes with the old one.
    shelf = _shelf()
    # The token in the page's forms is each reader's own: it is cut out of what is kept and put in anew.
    body = make().replace(generate_csrf(), _TOKEN)
    pieces = tuple(piece.encode() for piece in body.split(_TOKEN))
    kept = _Kept(pieces, hashlib.sha256(body.encode()).hexdigest()[:24], clock.now())
    shelf[_key(code)] = kept
    while len(shelf) > _MOST:
        shelf.popitem(last=False)
    return kept
