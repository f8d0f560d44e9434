"""The pages of articles."""

from typing import Protocol

from flask import Flask

from portal.core import web
from portal.knowledge import queries
from portal.knowledge.views import desk, reading, writing
from portal.knowledge.views.blueprint import blueprint
from portal.knowledge.views.reading import today
from portal.ui import pages
from portal.ui.access import current_actor

__all__ = ["blueprint", "desk", "reading", "writing"]


class Subject(Protocol):
    """What a ticket is about, as far as articles are concerned."""

    product_code: str
    module_code: str
    fault_type: str


def init_app(app: Flask) -> None:
    """Show beside a ticket what helps."""
    pages.fill_slot(app, "beside-desk-ticket", show_matching)


def show_matching(ticket: Subject) -> str | None:
    """Show the articles about what a ticket is about."""
    about = {"product": ticket.product_code, "module": ticket.module_code, "fault_type": ticket.fault_type}
    found = queries.matching(web.reading(), current_actor(), **about, limit=5) if ticket.product_code else []
    return pages.page("knowledge/_matching.html", found=found, today=today()) if found else None
