"""The board, and the tickets behind each of its figures."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.board.queries import behind, deflected, figures, suggesting, values, words
from portal.board.queries.behind import Behind
from portal.board.queries.figures import WEEK, Scope
from portal.board.views.blueprint import blueprint
from portal.catalogue import queries as catalogue
from portal.core import clock, web
from portal.core.actor import Actor
from portal.core.segmentation import LONGEST
from portal.core.terms import in_script_of
from portal.ui import access, languages, pages
from portal.ui.access import current_actor

MEASURES = (
    "opened",
    "kept",
    "missed",
    "first_reply",
    "resolved",
    "first_contact",
    "reopened",
    "repeat",
    "stars",
    "mood",
    "recommend",
    "promoter",
    "detractor",
    "deflected",
    *(f"stage:{each}" for each in ("received", "working", "you", "planned", "solved")),
)
LENGTHS = (4, 8, 13, 26, 52)
"""So many weeks are shown, and held against as many before them."""


@blueprint.get("/")
@access.agent
def show() -> ResponseReturnValue:
    """Show how customers fare, in what the reader serves."""
    session, actor = web.reading(), current_actor()
    scope = asked_scope(actor)
    length = request.args.get("weeks", LENGTHS[0], type=int)
    length = length if length in LENGTHS else LENGTHS[0]
    end = this_monday() + WEEK
    begin = end - length * WEEK
    weeks = figures.by_week(session, scope, begin, length)
    now, before = (
        figures.sums(session, scope, first, first + length * WEEK) for first in (begin, begin - length * WEEK)
    )
    beside = figures.side_by_side(session, actor, begin, end)
    rising = words.rising_words(session, scope, begin, length)
    named = [Scope("organisation", key) for key, _ in beside.get("organisation", ())] + [each.scope for each in rising]
    return pages.page(
        "board/show.html",
        scope=scope,
        weeks=weeks,
        length=length,
        lengths=LENGTHS,
        now=now,
        kept=[(first, values.kept_share(each)) for first, each in weeks],
        kept_now=values.kept_share(now),
        deflected=values.deflected_share(now),
        half_within=values.half_within_of,
        nps=values.nps(now),
        suggestions=suggesting.suggestions(now, before, rising),
        used=words.words_used(session, scope, begin, length),
        written=partial(in_script_of, languages.current_locale()),
        beside=beside,
        most_rows=figures.MOST_ROWS,
        names=_names(session, actor, [scope, *named]),
        is_first=scope == figures.first_scope(actor),
        begin=begin,
        end=end,
        week=WEEK,
        day=timedelta(days=1),
    )


@blueprint.get("/tickets")
@access.agent
def show_tickets() -> ResponseReturnValue:
    """List the tickets that a figure counts."""
    session, actor = web.reading(), current_actor()
    figure = _asked_figure(actor)
    if figure.measure == "deflected":
        return _deflected_page(figure)
    if figure.word:
        found = behind.tickets_saying(session, actor, figure, zone=languages.portal_zone(), after=asked_id())
    else:
        found = behind.tickets_behind(session, actor, figure, after=asked_id())
    shown = {"rows": found.rows, "next": found.next, "is_first": "after" not in request.args}
    word = in_script_of(languages.current_locale(), figure.word)
    return pages.page("board/tickets.html", word=word, **shown, **_head(figure))


def _asked_figure(actor: Actor) -> Behind:
    """Return the figure that is asked for; this week's problems where none is."""
    measure, word = request.args.get("measure", ""), request.args.get("word", "")[:LONGEST]
    begin, end = _asked_day("from") or this_monday(), _asked_day("until")
    return Behind(
        measure=measure if measure in MEASURES else "opened",
        scope=asked_scope(actor),
        begin=begin,
        end=end or begin + WEEK,
        word=word if word.isprintable() else "",
    )


def _head(figure: Behind) -> dict[str, Any]:
    """Return what stands above whatever is behind a figure."""
    names = _names(web.reading(), current_actor(), [figure.scope])
    return {"figure": figure, "names": names, "last_on": figure.end - timedelta(days=1)}


def _deflected_page(figure: Behind) -> str:
    """List what helped somebody who has no ticket that could be listed."""
    stretch, zone, locale = (figure.begin, figure.end), languages.portal_zone(), languages.current_locale()
    found = deflected.what_helped(web.reading(), figure.scope, stretch, zone=zone, locale=locale)
    return pages.page("board/deflected.html", found=found, **_head(figure))


def asked_scope(actor: Actor) -> Scope:
    """Return what the figures are to be about; what the agent doesn't serve is not there."""
    asked = request.args.get("scope", figures.SERVED)
    if asked == figures.SERVED:
        return figures.first_scope(actor)
    scope = Scope.read(asked[:160])
    if not figures.seen_by(actor, scope):
        abort(404)
    return scope


def this_monday() -> date:
    """Return the first day of this week where the portal is."""
    today = clock.now().astimezone(languages.portal_zone()).date()
    return today - timedelta(days=today.weekday())


def _names(session: Session, actor: Actor, scopes: Sequence[Scope]) -> dict[str, str]:
    """Return what each scope that may be named is called, by its text: every product and module, and some others."""
    locale = languages.current_locale()
    found = {}
    for each in catalogue.entries(session):
        kind = "module" if each.module else "product"
        found[f"{kind}:{each.code}"] = each.name(locale)
    wanted = {organisation for each in scopes if (organisation := figures.organisation_of(each))}
    for organisation, name in behind.organisation_names(session, actor, wanted).items():
        found[f"organisation:{organisation.hex}"] = name
    for scope in scopes:
        if scope.kind == "both" and scope.key.strip("/"):
            code, _, product = scope.key.partition("/")
            parts = found.get(f"organisation:{code}", ""), found.get(f"product:{product}", product)
            found[str(scope)] = " · ".join(filter(None, parts))
    return found


def _asked_day(name: str) -> date | None:
    try:
        day = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return day if 2000 <= day.year < 2100 else None


def asked_id() -> UUID | None:
    """Return the last row of the page before."""
    try:
        return UUID(request.args.get("after", ""))
    except ValueError:
        return None
