"""What is asked of the queue: a lane, what narrows it down, where it goes on; all of it stands in the address."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from flask import request, url_for

from portal.teams.queries import names_of_teams
from portal.tickets.models import Priority
from portal.tickets.queries import Lane, Narrowing, Place, View
from portal.ui.access import current_actor
from portal.ui.forms import clean

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """A lane of the queue, narrowed down."""

    lane: Lane
    product: str
    priority: str
    team: str
    after: Place | None

    @property
    def narrowing(self) -> Narrowing:
        """What its tickets have in common."""
        mine = names_of_teams(current_actor().agent_id)
        return Narrowing(product=self.product, priority=self.priority, team=self.team, my_teams=mine)

    @property
    def view(self) -> View:
        """What is looked at."""
        return View(self.lane, self.narrowing, self.after)

    @property
    def is_narrowed(self) -> bool:
        """Whether only some tickets of the lane are shown."""
        return bool(self.product or self.priority or self.team)

    @property
    def is_first(self) -> bool:
        """Whether it begins with what is due first."""
        return self.after is None

    @property
    def written(self) -> str:
        """Return what stands behind the question mark of its address."""
        return urlencode(self.values())

    def values(self, **changed: str | None) -> dict[str, str]:
        """Return what stands in its address, some of it changed; another lane begins at its beginning."""
        here = {
            "lane": "" if self.lane is Lane.DUE else self.lane.value,
            "product": self.product,
            "priority": self.priority,
            "team": self.team,
        }
        wanted = {**here, **changed}
        return {name: value for name, value in wanted.items() if value}

    def url(self, endpoint: str = "desk.show_queue", **changed: str | None) -> str:
        """Return the address of this view, or of another one."""
        return url_for(endpoint, **self.values(**changed))  # type: ignore[arg-type]  # values of addresses are texts


def asked_for() -> Asked:
    """Return what the address asks for; what can't be read asks for nothing."""
    lane, priority = request.args.get("lane", ""), request.args.get("priority", "")
    return Asked(
        lane=Lane(lane) if lane in set(Lane) else Lane.DUE,
        product=clean(request.args.get("product", ""))[:_LONGEST],
        priority=priority if priority in set(Priority) else "",
        team=clean(request.args.get("team", ""))[:_LONGEST],
        after=_place(request.args.get("after", "")),
    )


def written(place: Place | None) -> str:
    """Return where a page of the queue begins as an address has it."""
    return f"{place.at.isoformat()}~{place.id}" if place else ""


def _place(text: str) -> Place | None:
    """Return where a page of the queue begins, or None for the first."""
    moment, _, ticket_id = text.partition("~")
    try:
        at = datetime.fromisoformat(moment)
        return Place(at, UUID(ticket_id)) if at.tzinfo else None
    except ValueError:
        return None
