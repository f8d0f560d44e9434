"""The board: what looks like one problem at many places, and declaring it to be one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import clock, web
from portal.core.i18n import LOCALES
from portal.incidents import queries, services
from portal.incidents.forms import AsideForm, DeclareForm, NewTimeForm, drafts, next_quarter
from portal.incidents.models import Surge
from portal.incidents.queries import Reported, Suspect
from portal.incidents.services import Declaration, DeclareError
from portal.incidents.views.blueprint import blueprint
from portal.incidents.views.telling import rule_of
from portal.ui import access, languages, pages
from portal.ui.access import current_actor
from portal.ui.forms import OnceForm

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_DAY = timedelta(hours=24)
_STEP = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Refused:
    """A form that can't be done yet, and the surge that it is about."""

    surge_id: UUID
    form: DeclareForm | NewTimeForm | AsideForm

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Each field that needs something, by its place on the board, and what to do about it."""
        return [(f"{field.short_name}-{self.surge_id}", text) for field, text in self.form.problems()]


@blueprint.get("/desk/surges")
@access.agent
def show_board() -> ResponseReturnValue:
    """Show what is suspected, what was declared, what is counted and what went out today."""
    return board_page()


@blueprint.post("/desk/surges/<uuid:surge_id>/declare")
@access.agent
def declare(surge_id: UUID) -> ResponseReturnValue:
    """Declare a surge to be an incident; two who do so at once find the same one."""
    form, at, by = DeclareForm(), clock.now(), current_actor()
    suspect = find_suspect(surge_id)
    next_by = form.read(form.next_by, at=at, zone=languages.current_zone())
    if next_by is None or not form.validate():
        return board_page(Refused(surge_id, form)), 422
    words = drafts(
        {each: queries.names_in(web.reading(), each).place_for_readers(suspect.key) for each in LOCALES},
        organisations=suspect.organisations,
        time_zone=languages.settings().time_zone,
        since=suspect.raised_at,
    )
    try:
        with web.changing() as session:
            surge = queries.surge_to_change(session, by, surge_id) or abort(404)
            notice = services.declare(session, surge, declaration=Declaration(words, next_by), by=by, at=at)
            code = notice.code
    except DeclareError as error:
        if error.code == "over":
            return _say_over()
        pages.say(_("A colleague has put it aside. Take that back first, then declare it."), "stop")
        return pages.go_to("incidents.show_board", _anchor="aside")
    pages.say(_("It is one incident now. Its notice is drafted, and everybody who reports the same is told."))
    return pages.go_to("notices.show_on_desk", code=code)


def _say_over() -> ResponseReturnValue:
    """Say that what somebody declares was declared before, and is over."""
    pages.say(
        _("It was declared before, and is over. Once it was quiet and many report it anew, it appears again."), "stop"
    )
    return pages.go_to("incidents.show_board", _anchor="over")


@blueprint.post("/desk/surges/<uuid:surge_id>/next")
@access.agent
def say_next(surge_id: UUID) -> ResponseReturnValue:
    """Say another time to everybody who reports the same."""
    form, at = NewTimeForm(), clock.now()
    find_suspect(surge_id)
    new_time = form.read(form.new_time, at=at, zone=languages.current_zone())
    if new_time is None or not form.validate():
        return board_page(Refused(surge_id, form)), 422
    with web.changing() as session:
        services.say_next(session, _declared(surge_id, session), next_update_at=new_time, at=at)
    pages.say(_("Everybody who reports the same now reads the new time."))
    return pages.go_to("incidents.show_board")


@blueprint.post("/desk/surges/<uuid:surge_id>/end")
@access.agent
def end(surge_id: UUID) -> ResponseReturnValue:
    """Say that an incident is over."""
    if not OnceForm().validate():
        return board_page(), 422
    with web.changing() as session:
        services.end(session, _declared(surge_id, session), at=clock.now())
    pages.say(_("It is over. Nobody who reports a problem is told of it any more; its notice stays."))
    return pages.go_to("incidents.show_board")


def find_suspect(surge_id: UUID) -> Suspect:
    """Return a surge that stands on the board of this agent, or answer that there is none."""
    found = queries.suspects(web.reading(), current_actor())
    return next((each for each in found if each.id == surge_id), None) or abort(404)


def _declared(surge_id: UUID, session: "Session") -> Surge:
    surge = queries.surge_to_change(session, current_actor(), surge_id)
    return surge if surge and surge.notice_id else abort(404)


def board_page(refused: Refused | None = None) -> str:
    """Return the board; what was refused stands on it with everything that was typed."""
    session, actor, at, by_rule = web.reading(), current_actor(), clock.now(), rule_of(languages.settings())
    reported = queries.reported_to(session, actor, after=at - by_rule.window)
    suspects = queries.suspects(session, actor)
    queries.add_reports(suspects, reported)
    queries.add_tickets(session, actor, suspects)
    queries.add_asides(session, suspects)
    names = queries.names_in(session, languages.current_locale())
    return pages.page(
        "incidents/board.html",
        suspects=[each for each in suspects if not each.notice_code and not each.aside],
        aside=[each for each in suspects if each.aside],
        declared=_one_each(each for each in suspects if each.notice_code and not each.is_over),
        over=_one_each(each for each in suspects if each.is_over and not each.aside),
        counting=queries.counting(reported, by_rule, at=at),
        releases=queries.releases(session, after=at - _DAY, until=at),
        curves={each.id: curve(each.reports, at - by_rule.window, at) for each in suspects},
        names=names,
        rule=by_rule,
        minutes=int(by_rule.window / timedelta(minutes=1)),
        next_by=next_quarter(at, languages.current_zone()),
        declaring=DeclareForm(formdata=None),
        putting_aside=AsideForm(formdata=None),
        refused=refused,
        now=at,
    )


def _one_each(declared: Iterable[Suspect]) -> list[Suspect]:
    """Return every incident once, as it was found last; it is quiet when all that was declared to be it is."""
    found: dict[str, Suspect] = {}
    for each in declared:
        first = found.setdefault(each.notice_code, each)
        first.is_quiet = first.is_quiet and each.is_quiet
    return list(found.values())


def curve(reports: Sequence[Reported], begin: datetime, end_at: datetime) -> list[dict[str, object]]:
    """Return how many organisations had reported it by each five minutes of the window."""
    times = [begin + number * _STEP for number in range(1, int((end_at - begin) / _STEP) + 1)]
    numbers = [sum(each.report.at <= moment for each in reports) for moment in times]
    zone = languages.current_zone()
    return [
        {"label": f"{moment.astimezone(zone):%H:%M}", "value": number, "words": str(number)}
        for moment, number in zip(times, numbers, strict=True)
    ]
