"""Addresses of pages that need no arguments."""

from flask import current_app, request, url_for


def address_of(endpoint: str) -> str:
    """Return where an endpoint without arguments is, worked out once for each place the portal is mounted at."""
    known: dict[tuple[str, str], str] = current_app.extensions.setdefault("plainport.addresses", {})
    place = (request.script_root, endpoint)
    if place not in known:
        known[place] = url_for(endpoint)
    return known[place]


def is_at(url: str) -> bool:
    """Whether the reader is on a page or on one below it; the first page, above all others, is only itself."""
    return request.path == url or (url != "/" and request.path.startswith(f"{url.rstrip('/')}/"))
