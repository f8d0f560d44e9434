"""On the page of the phrasebook: which terms agents kept, and why."""

from flask import Flask

from portal.core import clock, web
from portal.core.i18n import LOCALES
from portal.desk.queries.kept_terms import often_kept
from portal.desk.queries.where_used import in_notices, in_questionnaires
from portal.phrasebook.queries import terms
from portal.questionnaires.commands import explain_by
from portal.ui import pages
from portal.ui.access import current_actor


def init_app(app: Flask) -> None:
    """Show beside the phrasebook what it could learn from, and let questionnaires be checked against it."""
    pages.fill_slot(app, "beside-phrasebook", show_kept_terms)
    pages.fill_slot(app, "where-term-is-used", show_where_used)
    explain_by(app, explained)


def explained(language: str) -> frozenset[str] | None:
    """Return the engineers' terms of a language that have plain words; None for a language that has no phrasebook."""
    return terms(web.reading(), language) if language in LOCALES else None


def show_where_used(language: str, term: str) -> str:
    """Show in which notices and questionnaires customers read a term."""
    session = web.reading()
    notices = in_notices(session, current_actor(), term, language)
    asked = in_questionnaires(session, term, language)
    return pages.page("desk/_where_used.html", term=term, language=language, notices=notices, questionnaires=asked)


def show_kept_terms(language: str) -> str | None:
    """Show the terms of a language that agents sent to customers all the same."""
    often = often_kept(web.reading(), current_actor(), language, at=clock.now())
    return pages.page("desk/_kept_terms.html", often=often, language=language) if often else None
