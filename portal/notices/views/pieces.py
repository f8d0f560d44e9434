"""What the pages of notices share: the blueprint, finding a notice, today's date."""

from datetime import date

from flask import Blueprint, abort

from portal.core import clock, web
from portal.notices import queries
from portal.notices.queries import ReaderNotice
from portal.ui import access, languages

blueprint = Blueprint("notices", __name__)


def today() -> date:
    """Return the day it is where the reader is."""
    return clock.now().astimezone(languages.current_zone()).date()


def readable(code: str) -> ReaderNotice:
    """Return a published notice that the reader may see; a missing one and somebody else's are the same 404."""
    found = queries.reader_notice(web.reading(), access.current_actor(), code, locale=languages.current_locale())
    return found or abort(404)
