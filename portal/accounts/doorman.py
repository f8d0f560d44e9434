"""What a browser's cookie says about who is there."""

from flask import session as cookie

from portal.accounts.queries import actor_of_session
from portal.core import clock, web
from portal.core.actor import ANONYMOUS, Actor

TOKEN = "session"  # noqa: S105 (the name of a cookie's field)


def load_actor() -> Actor:
    """Return the person whose session this browser holds, in one statement."""
    token = cookie.get(TOKEN)
    return actor_of_session(web.reading(), token, at=clock.now()) if token else ANONYMOUS


def has_session() -> bool:
    """Whether this browser shows a session at all, before it is known whose; only we can have written it."""
    return TOKEN in cookie


def let_in(token: str) -> None:
    """Start the browser's session anew, so that nothing from before signing in goes on."""
    cookie.clear()
    cookie[TOKEN] = token
    cookie.permanent = True


def let_out() -> None:
    """Forget the session in this browser."""
    cookie.clear()
