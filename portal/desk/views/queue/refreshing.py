"""What has changed in the queue since somebody opened it; nothing that they look at moves."""

from flask import request
from flask.typing import ResponseReturnValue

from portal.core import clock, web
from portal.desk import queries
from portal.desk.queries import COUNTED_UP_TO
from portal.desk.views.blueprint import blueprint
from portal.desk.views.queue.asking import asked_for
from portal.desk.views.queue.lines import line_of
from portal.tickets.queries import View, still_there
from portal.ui import access, pages

_MOST = 2 * COUNTED_UP_TO
_LONGEST = 20


@blueprint.get("/refresh")
@access.agent
def refresh_queue() -> ResponseReturnValue:
    """Return the times, states and owners of the rows that are shown, and say how many tickets are new in the lane."""
    asked, actor, at, session = asked_for(), access.current_actor(), clock.now(), web.reading()
    shown = [each[:_LONGEST] for each in request.args.get("shown", "").split(",") if each][:_MOST]
    head, found = queries.look_at_queue(session, actor, View(asked.lane, asked.narrowing), at=at)
    there = {each.ticket.reference for each in (*found.emergencies, *found.rows)}
    return pages.page(
        "desk/_refreshed.html",
        asked=asked,
        head=head,
        lines=[line_of(each, at) for each in still_there(session, actor, shown)],
        there=there,
        new=len(there - set(shown)) if asked.is_first else 0,
        told=request.args.get("told", ""),
        now=at,
    )
