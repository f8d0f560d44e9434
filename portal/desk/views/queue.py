"""The queue: emergencies on top, then everything by when the next thing is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from portal.core import clock, web
from portal.desk import queries
from portal.desk.queries import Caller
from portal.desk.views.blueprint import blueprint
from portal.tickets.queries import DeskQueue, Lane, Listed, Place, desk_queue
from portal.ui import access, htmx, languages, pages

SOON = timedelta(minutes=30)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Line:
    """A ticket of the queue with how its time stands."""

    listed: Listed
    due_at: datetime | None
    is_today: bool
    urgency: str
    """late, soon or nothing."""
    minutes: int
    """How many are left, or how late it is."""
    caller: Caller | None


@blueprint.get("", strict_slashes=False)
@access.agent
def show_queue() -> ResponseReturnValue:
    """Show what is due next; htmx asks for the lists alone."""
    lane, actor, at = _lane(), access.current_actor(), clock.now()
    found = desk_queue(web.reading(), actor, lane=lane, after=_place(request.args.get("after", "")))
    callers = queries.callers(web.reading(), _unverified(found))
    urgent = {each.ticket.id for each in found.emergencies}
    return pages.page(
        "desk/_queue.html" if htmx.is_asking() else "desk/queue.html",
        lane=lane,
        counts=queries.counts(web.reading(), actor, at=at),
        emergencies=[_line(each, at, callers.get(each.ticket.id)) for each in found.emergencies],
        lines=[_line(each, at, callers.get(each.ticket.id)) for each in found.rows if each.ticket.id not in urgent],
        next=_written(found.next),
        is_first=not request.args.get("after"),
        now=at,
    )


def _lane() -> Lane:
    asked = request.args.get("lane", "")
    return Lane(asked) if asked in set(Lane) else Lane.DUE


def _unverified(found: DeskQueue) -> Iterable[UUID]:
    return [each.ticket.id for each in (*found.emergencies, *found.rows) if each.ticket.organisation_id is None]


def _line(listed: Listed, at: datetime, caller: Caller | None) -> Line:
    due_at, zone = listed.status.due_at, languages.current_zone()
    left = due_at - at if due_at else None
    is_ours = listed.ticket.next_due_at is not None
    return Line(
        listed=listed,
        due_at=due_at,
        is_today=due_at is not None and due_at.astimezone(zone).date() == at.astimezone(zone).date(),
        urgency=_urgency(left) if left is not None and is_ours else "",
        minutes=abs(int(left / _MINUTE)) if left is not None else 0,
        caller=caller,
    )


def _urgency(left: timedelta) -> str:
    if left < timedelta():
        return "late"
    return "soon" if left <= SOON else ""


def _place(written: str) -> Place | None:
    """Return where a page of the queue begins, or None for the first."""
    moment, _, ticket_id = written.partition("~")
    try:
        at = datetime.fromisoformat(moment)
        return Place(at, UUID(ticket_id)) if at.tzinfo else None
    except ValueError:
        return None


def _written(place: Place | None) -> str:
    return f"{place.at.isoformat()}~{place.id}" if place else ""
