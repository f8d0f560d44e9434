"""Where summaries are read: by an organisation's own people, and on the desk by the agents who serve all of it."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, abort, url_for

from portal.core import web
from portal.summaries import permissions, queries
from portal.summaries.models import ServiceSummary
from portal.ui.access import current_actor

blueprint = Blueprint("summaries", __name__)


@dataclass(frozen=True, slots=True)
class Shelf:
    """An organisation's summaries, with the addresses at which the reader has them."""

    organisation_id: UUID
    organisation_name: str
    is_on_desk: bool

    @property
    def layout(self) -> str:
        """The frame of its pages."""
        return "layouts/desk.html" if self.is_on_desk else "layouts/page.html"

    @property
    def may_plan(self) -> bool:
        """Whether the reader decides how often summaries come."""
        return self.is_on_desk or current_actor().is_manager

    def url(self, what: str, summary: ServiceSummary | None = None) -> str:
        """Return the address of something about all summaries, or about one."""
        if summary is not None:
            return url_for(self.endpoint(what), summary_id=summary.id)
        if self.is_on_desk:
            return url_for(self.endpoint(what), organisation_id=self.organisation_id)
        return url_for(self.endpoint(what))

    @property
    def place(self) -> dict[str, UUID]:
        """What of an address says whose summaries they are."""
        return {"organisation_id": self.organisation_id} if self.is_on_desk else {}

    def endpoint(self, what: str) -> str:
        """Return the name of an address."""
        return f"summaries.{what}_on_desk" if self.is_on_desk else f"summaries.{what}"


def own_shelf() -> Shelf | None:
    """Return the summaries of the reader's own organisation; None for somebody without one."""
    actor = current_actor()
    if actor.organisation_id is None:
        return None
    return Shelf(actor.organisation_id, actor.organisation_name, is_on_desk=False)


def shelf_on_desk(organisation_id: UUID) -> Shelf:
    """Return an organisation's summaries for the desk; answers where there is none, or none for this agent."""
    actor = current_actor()
    organisation = queries.organisation_for(web.reading(), actor, organisation_id) or abort(404)
    if not permissions.may_read_on_desk(actor):
        abort(403)
    return Shelf(organisation.id, organisation.name, is_on_desk=True)


def find(summary_id: UUID) -> ServiceSummary:
    """Return a summary that the reader may see, or answer that there is none."""
    return queries.find_summary(web.reading(), current_actor(), summary_id) or abort(404)


def shelf_of(summary: ServiceSummary) -> Shelf:
    """Return where the reader has this summary."""
    own = own_shelf()
    return own if own is not None else shelf_on_desk(summary.organisation_id)
