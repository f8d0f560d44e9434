"""Finding and reading articles."""

from datetime import date
from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue

from portal.core import clock, web
from portal.knowledge import queries
from portal.knowledge.queries import AT_ONCE, Found
from portal.knowledge.views.blueprint import blueprint
from portal.ui import access, languages, pages
from portal.ui.forms import clean


@blueprint.get("/knowledge")
@access.signed_in
def index() -> ResponseReturnValue:
    """List what has been published; a question, or words of an answer, bring up what says most about them."""
    session, actor, words = web.reading(), access.current_actor(), clean(request.args.get("q", ""))[:200]
    found = queries.search(session, actor, words) if words else queries.published(session, actor, after=asked_after())
    return pages.page("knowledge/index.html", **listed(found), words=words, is_first="after" not in request.args)


@blueprint.get("/knowledge/<uuid:article_id>")
@access.signed_in
def show(article_id: UUID) -> ResponseReturnValue:
    """Show an article; of a recalled one, only why."""
    shown = queries.shown(web.reading(), access.current_actor(), article_id)
    if shown is None or shown.article.published is None:
        abort(404)
    text = shown.text(languages.current_locale()) or abort(404)
    return pages.page(
        "knowledge/show.html", shown=shown, text=text, article=shown.article, is_stale=shown.is_stale(today())
    )


def listed(found: list[Found]) -> dict[str, object]:
    """Return what the page of a list needs: its lines, and where the next ones begin."""
    next_id = found[AT_ONCE - 1].id if len(found) > AT_ONCE else None
    return {"found": found[:AT_ONCE], "next": next_id, "today": today()}


def asked_after() -> UUID | None:
    """Return the last article of the page before."""
    try:
        return UUID(request.args.get("after", ""))
    except ValueError:
        return None


def today() -> date:
    """Return the day it is where the reader is."""
    return clock.now().astimezone(languages.current_zone()).date()
