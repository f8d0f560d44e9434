"""Reading notices: the list, one notice, its printed sheet."""

from collections.abc import Callable
from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue

from portal.core import clock, web
from portal.files.delivery import send
from portal.files.queries import stored_file
from portal.notices import queries, services
from portal.notices.forms import AnswerForm
from portal.notices.forms.options import pairs
from portal.notices.models import NoticeKind
from portal.notices.queries import Concern, Group, NoticeRow, OwnAnswers, ReaderNotice
from portal.notices.queries.affected import affected_by
from portal.notices.queries.difference import Changed, changes_since
from portal.notices.queries.windows import windows_of
from portal.notices.views import shelf
from portal.notices.views.pieces import blueprint, readable, today
from portal.ui import access, keeping, languages, pages

_FILTERS: dict[str, Callable[[NoticeRow], bool]] = {
    "affecting": lambda row: row.concern.is_likely,
    "all": bool,
    "answered": lambda row: row.is_settled,
}
_A_PAGE = 40


@blueprint.get("/notices")
@access.public
def index() -> ResponseReturnValue:
    """Show the notices in force, sorted by who has the ball."""
    actor = access.current_actor()
    rows = queries.notices_for(web.reading(), actor, locale=languages.current_locale(), today=today())
    chosen = request.args.get("show", "affecting")
    if not actor.is_customer or chosen not in _FILTERS:
        chosen = "affecting" if actor.is_customer else "all"
    return pages.page(
        "notices/index.html",
        chosen=chosen,
        counts={name: sum(map(suits, rows)) for name, suits in _FILTERS.items()},
        to_do=[row for row in rows if row.group is Group.TO_DO] if actor.is_customer else [],
        **_shown([row for row in rows if _FILTERS[chosen](row)]),
    )


def _shown(rows: list[NoticeRow]) -> dict[str, object]:
    """Return a page of rows by group; what is to be done is always on the first."""
    first = max(request.args.get("from", 0, type=int), 0)
    ordered = [row for group in Group for row in queries.newest_order([each for each in rows if each.group is group])]
    here = ordered[first : first + _A_PAGE]
    return {
        "groups": {group: [row for row in here if row.group is group] for group in Group},
        "older": first + _A_PAGE if first + _A_PAGE < len(ordered) else None,
        "newer": max(first - _A_PAGE, 0) if first else None,
        "first": first + 1,
        "last": first + len(here),
        "total": len(ordered),
    }


@blueprint.get("/notices/<code>")
@keeping.while_unchanged
@access.public
def show(code: str) -> ResponseReturnValue:
    """Show one notice: what it asks, and why of this reader."""
    actor = access.current_actor()
    if not actor.is_signed_in:
        return shelf.answer(code, lambda: show_page(readable(code)))
    return show_page(readable(code))


def show_page(notice: ReaderNotice, form: AnswerForm | None = None) -> str:
    """Return the page of a notice for whoever is asking."""
    actor, session = access.current_actor(), web.reading()
    history = queries.history(session, notice, locale=languages.current_locale())
    concern, answers = Concern(None), OwnAnswers()
    if actor.organisation_id:
        concern = queries.concern(notice.products, queries.installed_by(session, actor.organisation_id))
        answers = queries.own_answers(session, notice.id, actor.organisation_id)
        _note_opened(notice, answers)
    values = reading_values(notice, history, concern, answers)
    values["reported"] = affected_by(session, notice, actor)
    if notice.kind is NoticeKind.MAINTENANCE:
        values["windows"] = windows_of(session, notice.id, at=clock.now())
    values["since"], values["difference"] = _difference(notice, answers)
    form = form or AnswerForm()
    return pages.page("notices/show.html", form=form, options=pairs(form.answer), **values)


def _difference(notice: ReaderNotice, answers: OwnAnswers) -> tuple[int, list[Changed]]:
    """Return what changed since the revision that was asked for, or that the organisation read last."""
    number = request.args.get("since", answers.read_number, type=int)
    is_older = 0 < number < notice.number
    return (number, changes_since(web.reading(), notice, number)) if is_older else (0, [])


def _note_opened(notice: ReaderNotice, answers: OwnAnswers) -> None:
    """Note the first time that somebody of the organisation sees a notice; the one thing that a GET may write."""
    if not answers.has_opened:
        with web.changing() as session:
            services.note_opened(session, notice, by=access.current_actor(), at=clock.now())


def reading_values(
    notice: ReaderNotice, history: queries.History, concern: Concern, answers: OwnAnswers
) -> dict[str, object]:
    """Return everything that the page of a notice shows."""
    latest = answers.latest
    return {
        "notice": notice,
        "history": history,
        "concern": concern,
        "answers": answers,
        "is_settled": queries.is_settled(latest, notice.material_number, notice.action),
        "changed": history.material_since(latest.number) if latest else [],
        "is_over": notice.expires_on < today(),
        "reported": None,
        "windows": [],
        "since": 0,
        "difference": [],
        "products": [(each, queries.range_shape(each.range), concern.versions_of(each)) for each in notice.products],
    }


@blueprint.get("/notices/<code>/paper/<language>")
@access.public
def show_paper(code: str, language: str) -> ResponseReturnValue:
    """Send the printed sheet of a notice, once the worker has made it."""
    notice = readable(code)
    papers = queries.history(web.reading(), notice, locale=languages.current_locale()).papers
    file_id: UUID | None = next((paper.file_id for paper in papers if paper.language == language), None)
    file = stored_file(web.reading(), file_id) if file_id else None
    if file is None:
        abort(404)
    return send(file)
