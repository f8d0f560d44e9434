"""Where a reader may be sent after a post: only to our own pages."""

from urllib.parse import urlsplit

_LONGEST = 1_000
"""Characters; what waits in a cookie until somebody has signed in must fit into it."""


def own_path(target: str) -> str | None:
    """Return a path of this portal, or None for anything that could lead elsewhere."""
    if not target.startswith("/") or target.startswith("//") or len(target) > _LONGEST:
        return None
    if any(ord(each) < 0x21 or each == "\\" for each in target):
        return None
    return target


def host_of(address: str) -> str | None:
    """Return the host that an address names, with its port; None for what is no address."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return None
