"""Where a reader may be sent after a post: only to our own pages."""

from urllib.parse import urlsplit


def own_path(target: str) -> str | None:
    """Return a path of this portal, or None for anything that could lead elsewhere."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not target.startswith("/") or target.startswith("//"):
        return None
    if any(ord(each) < 0x21 or each == "\\" for each in target):
        return None
    return target
