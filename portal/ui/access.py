"""Who may come in: every view says so, and the application refuses to start with one that doesn't."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar, cast
from uuid import UUID

from flask import Flask, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.core.actor import ANONYMOUS, Actor

View = TypeVar("View", bound=Callable[..., Any])


class Door(StrEnum):
    """The kinds of people a view can be for."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    CUSTOMER = "customer"
    MANAGER = "manager"
    AGENT = "agent"
    ADMIN = "admin"


_OPENS: Mapping[Door, Callable[[Actor], bool]] = {
    Door.PUBLIC: lambda _: True,
    Door.SIGNED_IN: lambda actor: actor.is_signed_in,
    Door.CUSTOMER: lambda actor: actor.is_customer,
    Door.MANAGER: lambda actor: actor.is_manager,
    Door.AGENT: lambda actor: actor.is_agent,
    Door.ADMIN: lambda actor: actor.is_admin,
}
_OPEN_TO_ALL = {"static"}


class UndeclaredViewError(RuntimeError):
    """A view doesn't say who may come in."""


def _declare(door: Door) -> Callable[[View], View]:
    def mark(view: View) -> View:
        vars(view)["door"] = door
        return view

    return mark


public = _declare(Door.PUBLIC)
signed_in = _declare(Door.SIGNED_IN)
customer = _declare(Door.CUSTOMER)
manager = _declare(Door.MANAGER)
agent = _declare(Door.AGENT)
admin = _declare(Door.ADMIN)


def door_of(app: Flask, endpoint: str) -> Door | None:
    """Return who may use an endpoint, or None where it doesn't say."""
    return getattr(app.view_functions[endpoint], "door", Door.PUBLIC if endpoint in _OPEN_TO_ALL else None)


def current_actor() -> Actor:
    """Return who is asking."""
    return cast(Actor, g.get("actor", ANONYMOUS))


def signed_in_person() -> UUID:
    """Return the person who is asking, behind a door that nobody passes unknown."""
    person_id = current_actor().person_id
    if person_id is None:
        abort(403)
    return person_id


def init_app(app: Flask, load_actor: Callable[[], Actor]) -> None:
    """Ask at each request who is there and whether the door opens for them."""

    @app.before_request
    def check_door() -> Response | None:
        if request.endpoint is None or request.endpoint in _OPEN_TO_ALL:
            return None
        g.actor = load_actor()
        door = door_of(app, request.endpoint)
        if door is None or _OPENS[door](g.actor):
            return None
        if g.actor.is_signed_in:
            abort(403)
        return redirect(url_for("accounts.sign_in", next=_own_path()), 303)


def keep_posts(app: Flask, park: Callable[[], str]) -> None:
    """Let a feature keep what was posted by somebody whose sign-in has run out.

    ``park`` returns the path that shows it again after signing in, or an empty text for posts it doesn't keep.
    """
    app.extensions["plainport.park"] = park


def _own_path() -> str:
    if request.method == "GET":
        return request.full_path.rstrip("?")
    park = current_app.extensions.get("plainport.park")
    return str(park()) if park else ""


def require_declarations(app: Flask) -> None:
    """Raise UndeclaredViewError for the first view that doesn't say who may come in."""
    for endpoint in app.view_functions:
        if door_of(app, endpoint) is None:
            raise UndeclaredViewError(f"{endpoint} doesn't say who may come in: add @access.public, .customer, ...")
