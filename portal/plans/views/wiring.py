"""What plans add to other pages and to the worker."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from flask import Flask, request

from portal.core import clock, web
from portal.outbox.registry import register_clock_pass
from portal.plans import queries, services
from portal.ui import pages
from portal.ui.access import current_actor


class ShownTicket(Protocol):
    """As much of a ticket as another feature's page lends us."""

    @property
    def reference(self) -> str:
        """Its number."""

    @property
    def is_urgent(self) -> bool:
        """Whether work has stopped, or it cannot wait."""

    @property
    def closed_at(self) -> datetime | None:
        """When it ended."""


def init_app(app: Flask) -> None:
    """Wire plans into the portal."""
    pages.fill_slot(app, "surges-on-desk", show_running)
    pages.fill_slot(app, "news-of-queue", tell_desk)
    pages.fill_slot(app, "plans-of-organisation", show_plans_of)
    pages.fill_slot(app, "above-organisations", lambda: pages.page("plans/_to_plans.html"))
    pages.fill_slot(app, "above-desk-ticket", offer_plan)
    pages.fill_slot(app, "beside-organisation", lambda: pages.page("plans/_link.html"))
    register_clock_pass(app, services.pass_on)
    register_clock_pass(app, services.settle_actions)


def show_running() -> str | None:
    """Show above the queue which emergencies run."""
    running = queries.emergencies(web.reading(), current_actor(), is_running=True)
    return pages.page("plans/_running.html", running=running, now=clock.now()) if running else None


def tell_desk() -> str | None:
    """Say which plans run since somebody opened the queue; what stands above it stays where it is."""
    known = {each for each in request.args.get("plans", "").split(",") if each}
    running = queries.emergencies(web.reading(), current_actor(), is_running=True)
    new = [each for each in running if str(each.id) not in known]
    return pages.page("plans/_news.html", new=new) if new or (known and not running) else None


def offer_plan(ticket: ShownTicket) -> str | None:
    """Offer agents to start a plan for a ticket that needs us at once, or lead to the one that runs."""
    if not (current_actor().is_agent and ticket.is_urgent):
        return None
    running = queries.running_on(web.reading(), current_actor(), ticket.reference)
    if running is None and ticket.closed_at is not None:
        return None
    return pages.page("plans/_offer.html", reference=ticket.reference, running=running)


def show_plans_of(organisation_id: UUID) -> str:
    """Show beside an organisation which plans are agreed with it."""
    actor = current_actor()
    found = queries.plans(web.reading(), actor, organisation_id=organisation_id)
    return pages.page("plans/_of_organisation.html", plans=found, organisation_id=organisation_id)
