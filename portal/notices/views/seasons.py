"""What comes back every year: the series, when they do, and beginning a year's draft."""

from flask import abort
from flask.typing import ResponseReturnValue

from portal.core import clock, web
from portal.notices import queries
from portal.notices.forms.options import options
from portal.notices.forms.seasons import SeriesForm
from portal.notices.forms.sentences import season_begun, series_changed
from portal.notices.models import NoticeSeries
from portal.notices.queries.seasons import all_series, series_by_key, window_of
from portal.notices.services import seasons
from portal.notices.views.pieces import blueprint, today
from portal.ui import access, pages


@blueprint.get("/desk/notices/series")
@access.agent
def show_series() -> ResponseReturnValue:
    """List what comes back every year, with this year's notice."""
    return pages.page("notices/desk/series.html", rows=all_series(web.reading(), today=today()))


@blueprint.route("/desk/notices/series/<series>", methods=["GET", "POST"])
@access.agent
def change_series(series: str) -> ResponseReturnValue:
    """Change when and for whom a series comes back."""
    found, form = _series(series), SeriesForm()
    agents = queries.agents(web.reading())
    form.lead.choices = [*form.lead.choices, *options({str(each): name for each, name in agents})]
    if not form.is_submitted():
        form.fill(found)
    if not form.validate_on_submit():
        shown = {"form": form, "series": found, "window": window_of(found, today())}
        return pages.page("notices/desk/one_series.html", **shown), 422 if form.errors else 200
    timing = form.timing({str(each): each for each, _name in agents})
    with web.changing() as session:
        seasons.change_series(session.get_one(NoticeSeries, found.id), timing)
    pages.say(series_changed())
    return pages.go_to(".show_series")


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
