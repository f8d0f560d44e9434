"""What surges add to other pages: a strip on the desk, and what those are told who report what many report."""

from collections.abc import Iterable
from datetime import timedelta

from flask import Flask, request

from portal.core import clock, web
from portal.incidents import queries, services
from portal.incidents.queries import Begun
from portal.incidents.surge import Rule
from portal.outbox.registry import register_clock_pass
from portal.settings import Settings
from portal.ui import languages, pages
from portal.ui.access import current_actor


def init_app(app: Flask) -> None:
    """Count reports once a minute, and show on the desk and to customers what came of it."""
    pages.fill_slot(app, "surges-on-desk", show_suspected)
    pages.fill_slot(app, "news-of-queue", tell_desk)
    pages.fill_slot(app, "many-report-this", tell_reporter)
    register_clock_pass(app, services.Watching(rule_of(app.extensions["plainport.settings"])))


def rule_of(settings: Settings) -> Rule:
    """Return the surge rule as a portal is set up."""
    window = timedelta(minutes=settings.surge_minutes)
    return Rule(window=window, organisations=settings.surge_organisations, stopped=settings.surge_stopped)


def show_suspected() -> str | None:
    """Say on the desk that something looks like one problem at many places."""
    found = queries.undecided(web.reading(), current_actor())
    return pages.page("incidents/_suspected.html", found=found) if found else None


def tell_desk() -> str | None:
    """Say what looks like one problem since somebody opened the queue; what stands above it stays where it is."""
    known = {each for each in request.args.get("surges", "").split(",") if each}
    found = queries.undecided(web.reading(), current_actor())
    new = len(set(found) - known)
    return pages.page("incidents/_news.html", new=new) if new or (known and not found) else None


def tell_reporter(
    products: Iterable[str], module: str, questionnaire: str, faults: Iterable[str], title: str
) -> str | None:
    """Tell somebody who is about to report it where others have it, too, and by when they hear."""
    at = clock.now()
    begun = Begun(sorted(products), questionnaire, module, sorted(faults))
    told = queries.told_to(web.reading(), begun, at=at)
    if told is None:
        return None
    place = told.where.name(languages.current_locale()) if told.where else title
    return pages.page("incidents/_many_report_this.html", told=told, place=place, now=at)
