"""What a file's first bytes say."""

import puremagic

from portal.files.cleaning import UncleanError


def require_magic(body: bytes, media_type: str) -> None:
    """Refuse what begins like something else; the real reading comes after."""
    try:
        found = puremagic.from_string(body[:8192], mime=True)
    except (puremagic.PureError, ValueError) as error:
        raise UncleanError("not-what-it-says") from error
    if found != media_type:
        raise UncleanError("not-what-it-says")
