"""On the page of the phrasebook: which terms agents kept, and why."""

from flask import Flask

from portal.core import clock, web
from portal.desk.queries.kept_terms import often_kept
from portal.ui import pages
from portal.ui.access import current_actor


def init_app(app: Flask) -> None:
    """Show beside the phrasebook what it could learn from."""
    pages.fill_slot(app, "beside-phrasebook", show_kept_terms)


def show_kept_terms(language: str) -> str | None:
    """Show the terms of a language that agents sent to customers all the same."""
    often = often_kept(web.reading(), current_actor(), language, at=clock.now())
    return pages.page("desk/_kept_terms.html", often=often, language=language) if often else None
