"""What every answer says about itself: policy, caching, what it differs by; and whose posts are accepted."""

from flask import Flask, Response, abort, request

from portal.ui import languages
from portal.ui.access import current_actor
from portal.ui.redirects import host_of

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HTTPS_ONLY = "max-age=31536000"
_SAFE = {"GET", "HEAD", "OPTIONS"}


def init_app(app: Flask) -> None:
    """Check where posts come from, and set the headers of every answer, errors included."""

    @app.before_request
    def refuse_foreign_posts() -> None:
        if request.method not in _SAFE and not _comes_from_here():
            abort(403)

    @app.after_request
    def describe(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if languages.settings().secure_cookies:
            response.headers.setdefault("Strict-Transport-Security", _HTTPS_ONLY)
        if response.mimetype == "text/html":
            response.vary.update(["HX-Request", "Accept-Language", "Cookie"])
            if current_actor().is_signed_in or response.status_code >= 400:
                response.headers["Cache-Control"] = "no-store"
        # What says nothing itself is nobody else's: a page for somebody signed out holds a token of theirs.
        is_known = current_actor().is_signed_in
        response.headers.setdefault("Cache-Control", "no-store" if is_known else "private, no-cache")
        return response


def _comes_from_here() -> bool:
    """Whether the browser says that a post was sent by one of our own pages; old ones say nothing."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    return origin is None or host_of(origin) == request.host
