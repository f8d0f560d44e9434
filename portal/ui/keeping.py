"""Pages that were just made are kept: where all that was read for one still reads the same, it is answered again.

Whoever may see a page is found out for every request, and everything that the page says is read for
every request; only the work in between is spared. It is kept until the minute is over, for one reader.
"""

import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, TypeVar

from flask import Flask, current_app, g, request, session
from flask.typing import ResponseReturnValue

from portal.core import clock, rereading, web
from portal.core.rereading import Reading
from portal.ui import htmx, languages
from portal.ui.access import current_actor

View = TypeVar("View", bound=Callable[..., Any])
_MOST = 300
"""Pages, of some twenty thousand characters each."""
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Kept:
    page: str
    keys: Sequence[str]
    """Those of its forms, which are made anew each time."""
    reading: Reading
    until: datetime


class _Shelf:
    """The pages of one process, the oldest first."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Hashable, *, at: datetime) -> _Kept | None:
        kept = self._pages.get(key)
        return kept if kept is not None and kept.reading.begun_at <= at < kept.until else None

    def keep(self, key: Hashable, kept: _Kept) -> None:
        with self._lock:
            self._pages.pop(key, None)
            self._pages[key] = kept
            while len(self._pages) > _MOST or next(iter(self._pages.values())).until <= kept.reading.begun_at:
                self._pages.popitem(last=False)


def while_unchanged(view: View) -> View:
    """Mark a view whose page says nothing but what it reads from the database, and what its address asks for."""
    vars(view)["is_kept"] = True
    return view


def init_app(app: Flask) -> None:
    """Give the application a place for the pages that its process keeps."""
    app.extensions["plainport.kept"] = _Shelf()


def forget_pages(app: Flask) -> None:
    """Make every page anew from now on, to see what making it takes."""
    app.extensions.pop("plainport.kept", None)


def answer(make: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    """Return the kept page where it still holds, else what is made now."""
    shelf: _Shelf | None = current_app.extensions.get("plainport.kept")
    key = _key() if shelf is not None else None
    if shelf is None or key is None:
        return make()
    at = clock.now()
    kept = shelf.find(key, at=at)
    if kept is not None and kept.reading.is_same(web.reading(), at=at):
        return _with_new_keys(kept)
    with rereading.noting() as reads:
        made = make()
    if isinstance(made, str) and reads and not g.get("has_changed_something"):
        reading = Reading(reads, begun_at=at, done_at=clock.now())
        shelf.keep(key, _Kept(made, tuple(g.get("once_keys", ())), reading, _until(reading)))
    return made


def _key() -> Hashable | None:
    """Return what a page depends on beside the database; None where it isn't to be kept."""
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method != "GET" or not getattr(view, "is_kept", False) or not current_actor().is_signed_in:
        return None
    token, sent = session.get("csrf_token"), request.environ
    # The first page of a browser makes the token that all later ones carry; a message is shown once.
    if token is None or "_flashes" in session:
        return None
    address = tuple(sent.get(name, "") for name in ("wsgi.url_scheme", "HTTP_HOST", "SCRIPT_NAME", "PATH_INFO"))
    asked = (address, request.query_string, htmx.is_asking())
    return asked, current_actor(), languages.current_locale(), languages.current_theme(), token


def _until(reading: Reading) -> datetime:
    """Return until when a page holds: until the minute is over, or a time that stands on it is reached."""
    minute = reading.begun_at.replace(second=0, microsecond=0) + _MINUTE
    return min(minute, reading.next_moment() or minute)


def _with_new_keys(kept: _Kept) -> str:
    page = kept.page
    for key in kept.keys:
        page = page.replace(key, secrets.token_hex(16))
    return page
