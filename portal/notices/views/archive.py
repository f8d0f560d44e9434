"""Looking for notices: by words, and through the years."""

from flask import request
from flask.typing import ResponseReturnValue

from portal.core import web
from portal.core.terms import MOST_TYPED
from portal.notices.queries.archive import A_PAGE, COUNTED_UP_TO, Sought, archived, years
from portal.notices.views.pieces import blueprint, today
from portal.ui import access, languages, pages
from portal.ui.access import current_actor
from portal.ui.forms import clean


@blueprint.get("/notices/archive")
@access.public
def show_archive() -> ResponseReturnValue:
    """Show every notice that is or was out, the newest first, or those with some words in them."""
    actor, session = current_actor(), web.reading()
    sought = Sought(
        typed=clean(request.args.get("q", ""))[:MOST_TYPED],
        year=request.args.get("year", type=int),
        before=clean(request.args.get("before", ""))[:30],
    )
    rows = archived(session, actor, sought, locale=languages.current_locale())
    counts = years(session, actor, today=today(), typed=sought.typed)
    return pages.page(
        "notices/archive.html",
        sought=sought,
        years=[(year, "99+" if number == COUNTED_UP_TO else number) for year, number in counts],
        rows=rows[:A_PAGE],
        is_more=len(rows) > A_PAGE,
    )
