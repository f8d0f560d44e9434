"""On the page of the phrasebook: what agents keep writing, which terms they kept and why, and where a term is used."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy.orm import Session

from portal.core import clock, web
from portal.core.i18n import LOCALES
from portal.desk.queries import where_used
from portal.desk.queries.kept_terms import often_kept
from portal.desk.queries.proposed import proposed
from portal.desk.services.learning import LEARN_JOB, learn_terms
from portal.outbox import services as outbox
from portal.outbox.registry import register_clock_pass, register_job
from portal.phrasebook.queries import ENOUGH_AGENTS, ENOUGH_TEXTS, put_asides, terms
from portal.questionnaires.commands import explain_by
from portal.ui import languages, pages
from portal.ui.access import current_actor

_NIGHT = 2


def init_app(app: Flask) -> None:
    """Show beside the phrasebook what it could learn from, and let questionnaires be checked against it."""
    register_job(app, LEARN_JOB, learn_terms)
    register_clock_pass(app, ask_for_learning)
    pages.fill_slot(app, "proposed-terms", show_proposed)
    pages.fill_slot(app, "beside-phrasebook", show_kept_terms)
    pages.fill_slot(app, "where-term-is-used", show_where_used)
    explain_by(app, explained)


def ask_for_learning(session: Session, *, at: datetime) -> None:
    """Have it counted once a night what agents keep writing, when fewest are about."""
    local = at.astimezone(ZoneInfo(languages.settings().time_zone))
    if local.hour == _NIGHT:
        outbox.add_job(session, LEARN_JOB, {}, dedupe_key=f"{LEARN_JOB}:{local.date()}", at=at)


def show_proposed(language: str) -> str:
    """Show what agents keep writing in a language and customers don't, and what was put aside as no term."""
    session = web.reading()
    return pages.page(
        "desk/_proposed_terms.html",
        proposed=proposed(session, current_actor(), language),
        asides=put_asides(session, language),
        agents=ENOUGH_AGENTS,
        texts=ENOUGH_TEXTS,
        language=language,
    )


def explained(language: str) -> frozenset[str] | None:
    """Return the engineers' terms of a language that have plain words; None for a language that has no phrasebook."""
    return terms(web.reading(), language) if language in LOCALES else None


def show_where_used(language: str, term: str) -> str:
    """Show where customers read a term: in how many texts of each kind, and the latest places."""
    session, actor = web.reading(), current_actor()
    return pages.page(
        "desk/_where_used.html",
        term=term,
        language=language,
        tickets=where_used.in_tickets(session, actor, term, language),
        notices=where_used.in_notices(session, actor, term, language),
        articles=where_used.in_articles(session, actor, term, language),
        replies=where_used.in_replies(session, term, language),
        questionnaires=where_used.in_questionnaires(session, term, language),
    )


def show_kept_terms(language: str) -> str | None:
    """Show the terms of a language that agents sent to customers all the same."""
    often = often_kept(web.reading(), current_actor(), language, at=clock.now())
    return pages.page("desk/_kept_terms.html", often=often, language=language) if often else None
