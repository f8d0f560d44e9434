"""The pages of the board."""

from flask import Flask

from portal.board import services
from portal.board.views import reporting, showing
from portal.board.views.blueprint import blueprint
from portal.outbox.registry import register_clock_pass
from portal.ui import languages, pages

__all__ = ["blueprint", "reporting", "showing"]


def init_app(app: Flask) -> None:
    """Let the worker count, and lead to the board from the queue."""
    register_clock_pass(app, lambda session, **_: services.count_changes(session, zone=languages.portal_zone()))
    register_clock_pass(app, lambda session, *, at: services.count_words(session, zone=languages.portal_zone(), at=at))
    pages.fill_slot(app, "due-on-desk", lambda: pages.page("board/_link.html"))
