"""A line of the queue: a ticket with how its time stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from portal.desk.queries import Caller, caller_of
from portal.tickets.queries import Listed
from portal.ui import languages

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


def line_of(listed: Listed, at: datetime, said: Mapping[str, Any] | None = None) -> Line:
    """Return a ticket as a line of the queue; ``said`` is what came with a call-back that nobody has verified."""
    due_at, zone = listed.status.due_at, languages.current_zone()
    left = due_at - at if due_at else None
    is_ours = listed.ticket.next_due_at is not None
    return Line(
        listed=listed,
        due_at=due_at,
        is_today=due_at is not None and due_at.astimezone(zone).date() == at.astimezone(zone).date(),
        urgency=_urgency(left) if left is not None and is_ours else "",
        minutes=abs(int(left / _MINUTE)) if left is not None else 0,
        caller=caller_of(said) if said is not None else None,
    )


def _urgency(left: timedelta) -> str:
    if left < timedelta():
        return "late"
    return "soon" if left <= SOON else ""
