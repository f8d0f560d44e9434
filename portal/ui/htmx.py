"""The only door to htmx-flask: is this a request by htmx, and what to tell it."""

from flask import Flask, request
from htmx_flask import Htmx
from werkzeug.wrappers import Response

_htmx = Htmx()


def init_app(app: Flask) -> None:
    """Let the application know htmx's headers."""
    _htmx.init_app(app)


def is_asking() -> bool:
    """Whether htmx wants a piece rather than a page; a page restored from history is a page."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx) and request.headers.get("HX-History-Restore-Request") != "true"


def refresh_to(response: Response, url: str) -> Response:
    """Have htmx open a page instead of swapping a piece."""
    response.headers["HX-Redirect"] = url
    return response
