"""The board, and the tickets behind each of its figures."""

from datetime import date, timedelta
from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.board.queries import behind, figures, suggesting
from portal.board.queries.behind import AT_ONCE, Behind
from portal.board.queries.figures import WEEK, Scope
from portal.board.queries.suggesting import LOOKED_AT
from portal.board.views.blueprint import blueprint
from portal.catalogue import queries as catalogue
from portal.core import clock, web
from portal.core.actor import Actor
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
    *(f"stage:{each}" for each in ("received", "working", "you", "planned", "solved")),
)
_LENGTHS = (8, 13, 26, 52)


@blueprint.get("/")
@access.agent
def show() -> ResponseReturnValue:
    """Show how customers fare, in what the reader serves."""
    session, actor = web.reading(), current_actor()
    scope = asked_scope(actor)
    length = request.args.get("weeks", 13, type=int)
    length = length if length in _LENGTHS else 13
    monday = this_monday()
    weeks = figures.by_week(session, scope, monday - (length - 1) * WEEK, length)
    now, before = figures.added_up(weeks[-LOOKED_AT:]), figures.added_up(weeks[-2 * LOOKED_AT : -LOOKED_AT])
    beside = figures.side_by_side(session, actor, monday - (LOOKED_AT - 1) * WEEK, monday + WEEK)
    rising = suggesting.rising_words(session, monday, products=actor.products) if actor.organisations is None else []
    return pages.page(
        "board/show.html",
        scope=scope,
        weeks=weeks,
        length=length,
        lengths=_LENGTHS,
        now=now,
        kept=[(begin, suggesting.kept_share(each)) for begin, each in weeks],
        kept_now=suggesting.kept_share(now),
        nps=suggesting.nps(now),
        suggestions=suggesting.suggestions(now, before, rising),
        said=suggesting.words_said(session, scope, monday) if actor.organisations is None else [],
        beside=beside,
        names=_names(session, actor, scope, [each for each, _ in beside.get("organisation", ())]),
        begin=monday - (LOOKED_AT - 1) * WEEK,
        end=monday + WEEK,
        week=WEEK,
        day=timedelta(days=1),
    )


@blueprint.get("/tickets")
@access.agent
def show_tickets() -> ResponseReturnValue:
    """List the tickets that a figure counts."""
    session, actor = web.reading(), current_actor()
    scope, measure = asked_scope(actor), request.args.get("measure", "opened")
    begin, end = _asked_day("from"), _asked_day("until")
    monday = this_monday()
    figure = Behind(
        measure=measure if measure in MEASURES else "opened",
        scope=scope,
        begin=begin or monday,
        end=end or (begin or monday) + WEEK,
    )
    rows = behind.tickets_behind(session, actor, figure, after=_asked_id())
    next_id = rows[AT_ONCE - 1].id if len(rows) > AT_ONCE else None
    names = _names(session, actor, scope, [])
    last_on = figure.end - timedelta(days=1)
    shown = {"rows": rows[:AT_ONCE], "next": next_id, "names": names, "last_on": last_on}
    return pages.page("board/tickets.html", figure=figure, is_first="after" not in request.args, **shown)


def asked_scope(actor: Actor) -> Scope:
    """Return what the figures are to be about; what the agent doesn't serve is not there."""
    if "scope" not in request.args:
        return figures.first_scope(actor)
    scope = Scope.read(request.args["scope"][:160])
    if not figures.seen_by(actor, scope) and scope != figures.first_scope(actor):
        abort(404)
    return scope


def this_monday() -> date:
    """Return the first day of this week where the portal is."""
    today = clock.now().astimezone(languages.portal_zone()).date()
    return today - timedelta(days=today.weekday())


def _names(session: Session, actor: Actor, scope: Scope, organisations: list[str]) -> dict[str, str]:
    """Return what each scope that may be named is called, by its text."""
    locale, wanted = languages.current_locale(), {UUID(each) for each in organisations}
    named = figures.organisation_of(scope)
    wanted |= {named} if named else set()
    found = {}
    for each in catalogue.entries(session):
        kind = "module" if each.module else "product"
        found[f"{kind}:{each.code}"] = each.name(locale)
    named_ones = behind.organisation_names(session, actor, wanted)
    return {**found, **{f"organisation:{each.hex}": name for each, name in named_ones.items()}}


def _asked_day(name: str) -> date | None:
    try:
        day = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return day if 2000 <= day.year < 2100 else None


def _asked_id() -> UUID | None:
    try:
        return UUID(request.args.get("after", ""))
    except ValueError:
        return None
