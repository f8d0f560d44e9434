"""The audit log: who did what, and when."""

from datetime import datetime, time, timedelta
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from portal.administration.queries.log import AT_ONCE, Sought, audit_lines
from portal.administration.services.taking.cells import read_day
from portal.administration.views.blueprint import blueprint
from portal.core import web
from portal.ui import access, languages, pages
from portal.ui.forms import clean


@blueprint.get("/log")
@access.admin
def show_log() -> ResponseReturnValue:
    """Show who did what, the newest first, and let the reader look for a name, a kind of deed, or days."""
    asked = {name: clean(request.args.get(name, ""))[:120] for name in ("who", "what", "from", "until")}
    begin, end = _begin(asked["from"]), _begin(asked["until"])
    found = audit_lines(
        web.reading(),
        Sought(
            who=asked["who"],
            what=asked["what"],
            begin=begin,
            end=end + timedelta(days=1) if end else None,
            before=_id(request.args.get("before", "")),
        ),
    )
    next_id = found[AT_ONCE - 1].id if len(found) > AT_ONCE else None
    is_first = "before" not in request.args
    return pages.page("administration/log.html", lines=found[:AT_ONCE], next=next_id, asked=asked, is_first=is_first)


def _begin(typed: str) -> datetime | None:
    """Return when a day begins where the reader is; None where no day was typed."""
    day = read_day(typed)
    return datetime.combine(day, time(), languages.current_zone()) if day and 2000 <= day.year < 3000 else None


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
