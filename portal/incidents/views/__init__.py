"""The pages of surges and incidents."""

from flask import Flask

from portal.incidents.views import aside, board, linked, telling
from portal.incidents.views.blueprint import blueprint
from portal.ui import pages

__all__ = ["aside", "blueprint", "board", "init_app", "linked"]


def init_app(app: Flask) -> None:
    """Put what incidents add into the pages of other features."""
    telling.init_app(app)
    pages.fill_slot(app, "beside-notice-on-desk", linked.offer_tickets)
    pages.fill_slot(app, "beside-ticket", linked.show_notice)
    pages.fill_slot(app, "above-desk-ticket", linked.show_notice_on_desk)
