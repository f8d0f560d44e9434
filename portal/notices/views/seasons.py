"""What comes back every year: the series, when they do, and beginning a year's draft."""

from collections.abc import Mapping
from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue

from portal.core import clock, idempotency, web
from portal.notices import queries
from portal.notices.forms.options import options, pairs
from portal.notices.forms.seasons import USUAL_LEAD, NewSeriesForm, SeriesForm
from portal.notices.forms.sentences import season_begun, series_changed, series_made
from portal.notices.models import ActionNeeded, AudienceKind, NoticeKind, NoticeScope, NoticeSeries
from portal.notices.queries import Reach
from portal.notices.queries.seasons import window_in, window_of
from portal.notices.queries.series import all_series, series_by_key, years_of
from portal.notices.services import Facts, seasons
from portal.notices.services import series as services
from portal.notices.services.series import SeriesError
from portal.notices.services.writing import intended
from portal.notices.views.pieces import blueprint, today
from portal.ui import access, languages, pages

_PURPOSE = "make-series"


@blueprint.get("/desk/notices/series")
@access.agent
def show_series() -> ResponseReturnValue:
    """List what comes back every year, with this year's notice."""
    return pages.page("notices/desk/series.html", rows=all_series(web.reading(), today=today()))


@blueprint.route("/desk/notices/series/new", methods=["GET", "POST"])
@access.agent
def make_series() -> ResponseReturnValue:
    """Ask when and for whom something comes back, and make it; offered is what the notice in the address says."""
    form = NewSeriesForm()
    leads = _offer_leads(form)
    if not form.is_submitted():
        form.lead_days.data = str(USUAL_LEAD)
        _begin_with(form, request.args.get("notice", "")[:30])
    if not form.validate_on_submit():
        return _new_page(form), 422 if form.errors else 200
    try:
        key = _make_once(form, leads)
    except SeriesError as error:
        form.refuse(error)
        return _new_page(form), 422
    pages.say(series_made())
    return pages.go_to(".change_series", series=key)


def _make_once(form: NewSeriesForm, leads: Mapping[str, UUID]) -> str:
    once, actor, at, day = form.once.data, access.current_actor(), clock.now(), today()
    with web.changing() as session:
        earlier = idempotency.earlier_result(session, once, purpose=_PURPOSE, person_id=actor.person_id)
        if earlier is not None:
            return str(earlier["key"])
        first_code = form.begins_with.data.upper()
        made = services.make_series(session, form.timing(leads), first_code=first_code, by=actor, at=at, today=day)
        result = {"key": made.key}
        idempotency.remember(session, once, purpose=_PURPOSE, person_id=actor.person_id, result=result, at=at)
        return made.key


def _begin_with(form: NewSeriesForm, code: str) -> None:
    bench = queries.workbench(web.reading(), access.current_actor(), code) if code else None
    if bench is not None and bench.notice.published_at is not None:
        form.begin_with(bench, bench.notice.published_at.astimezone(languages.current_zone()).date())


def _new_page(form: NewSeriesForm) -> str:
    return pages.page("notices/desk/new_series.html", form=form)


@blueprint.route("/desk/notices/series/<series>", methods=["GET", "POST"])
@access.agent
def change_series(series: str) -> ResponseReturnValue:
    """Change when and for whom a series comes back, and show what it has brought."""
    found, form = _series(series), SeriesForm()
    leads = _offer_leads(form)
    if not form.is_submitted():
        form.fill(found)
    if not form.validate_on_submit():
        return _series_page(found, form), 422 if form.errors else 200
    timing = form.timing(leads)
    with web.changing() as session:
        services.change_series(session.get_one(NoticeSeries, found.id), timing)
    pages.say(series_changed())
    return pages.go_to(".show_series")


def _offer_leads(form: SeriesForm) -> dict[str, UUID]:
    agents = queries.agents(web.reading())
    form.lead.choices = [*form.lead.choices, *options({str(each): name for each, name in agents})]
    return {str(each): each for each, _name in agents}


def _series_page(series: NoticeSeries, form: SeriesForm) -> str:
    window, years = window_of(series, today()), years_of(web.reading(), series.id)
    is_begun = any(each.year == window.year for each in years)
    return pages.page(
        "notices/desk/one_series.html",
        form=form,
        series=series,
        window=window,
        years=years,
        is_begun=is_begun,
        coming=window_in(series, window.year + 1) if is_begun else window,
        lead=dict(pairs(form.lead)).get(str(series.lead_id or ""), ""),
        reach=_reach(series),
    )


def _reach(series: NoticeSeries) -> Reach:
    """Return how many organisations the regions of a series have: a name that none of them has reaches nobody."""
    facts = Facts(
        kind=NoticeKind.ADVISORY,
        scope=NoticeScope.TARGETED if series.regions else NoticeScope.CUSTOMERS,
        action=ActionNeeded.CHECK,
        expires_on=today(),
        audience={AudienceKind.REGION: series.regions},
    )
    session = web.reading()
    return queries.reach(session, queries.organisations_reached(session, intended(facts)))


@blueprint.post("/desk/notices/series/<series>/begin")
@access.agent
def begin_season(series: str) -> ResponseReturnValue:
    """Begin the year's draft now, or lead to the one that is there."""
    row, actor, at, day = _series(series), access.current_actor(), clock.now(), today()
    with web.changing() as session:
        found = session.get_one(NoticeSeries, row.id)
        code = seasons.begin_season(session, found, by=actor, at=at, today=day).code
    pages.say(season_begun())
    return pages.go_to(".show_on_desk", code=code)


def _series(key: str) -> NoticeSeries:
    return series_by_key(web.reading(), key) or abort(404)
