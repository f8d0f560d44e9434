"""What interviews add to other pages and to the worker."""

from typing import Protocol
from uuid import UUID

from flask import Flask

from portal.core import clock, web
from portal.files import delivery
from portal.interviews import queries, services
from portal.interviews.forms import StartForm
from portal.interviews.views.parking import park_post
from portal.outbox.registry import ClockPass, register_clock_pass
from portal.ui import access, pages
from portal.ui.access import current_actor


class ShownTicket(Protocol):
    """As much of a ticket as another feature's page lends us."""

    @property
    def id(self) -> UUID:
        """The ticket."""

    @property
    def reference(self) -> str:
        """Its number."""

    @property
    def is_emergency(self) -> bool:
        """Whether it came by the emergency lane."""


def init_app(app: Flask) -> None:
    """Wire interviews into the portal."""
    access.keep_posts(app, park_post)
    pages.fill_slot(app, "after-received-ticket", offer_details)
    pages.fill_slot(app, "after-closed-ticket", offer_follow_up)
    pages.fill_slot(app, "notice-help", offer_help)
    pages.fill_slot(app, "beside-notice-on-desk", show_outcomes)
    register_clock_pass(app, _purging(app))


def offer_details(ticket: ShownTicket) -> str | None:
    """Offer the rest of the questions while an emergency is already being worked on."""
    if not ticket.is_emergency:
        return None
    draft_id = queries.open_details(web.reading(), current_actor(), ticket.id, at=clock.now())
    return None if draft_id is None else pages.page("interviews/_details.html", draft_id=draft_id)


def offer_follow_up(ticket: ShownTicket) -> str:
    """Offer to report a problem that has come back after its ticket was closed, starting with what was told then."""
    return pages.page("interviews/_follow_up.html", reference=ticket.reference, form=StartForm())


def offer_help(notice_id: UUID, **_: object) -> str:
    """Offer to say beside a notice what isn't clear or doesn't work."""
    return pages.page("interviews/_help.html", notice_id=notice_id, form=StartForm())


def show_outcomes(notice_id: UUID, **_: object) -> str | None:
    """Show beside a known issue on the desk what it was good for in interviews."""
    found = queries.known_outcomes(web.reading(), notice_id)
    if not (found.deflected or found.same or found.different):
        return None
    return pages.page("interviews/_known_outcomes.html", outcomes=found)


def _purging(app: Flask) -> ClockPass:
    with app.app_context():
        remove = delivery.storage().remove
    return services.purging(remove)
