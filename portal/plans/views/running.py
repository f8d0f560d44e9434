"""Emergencies and drills: the page on which one runs, and looking back."""

from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue

from portal.core import clock, web
from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.incidents.queries.linked import links_of
from portal.phrasebook.forms import WordedForm, Wording
from portal.plans import permissions, queries, services
from portal.plans.forms import AnswerForm, LookBackForm, NoteForm, TellForm, problems_of, refusal
from portal.plans.models import Emergency
from portal.plans.queries import EmergencyPage, LogLine
from portal.plans.views.blueprint import Change, blueprint, change_once, find_emergency
from portal.plans.views.wording import wording_of
from portal.ui import access, languages, pages
from portal.ui.access import current_actor
from portal.ui.forms import OnceForm

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@blueprint.get("/desk/emergencies/<uuid:emergency_id>")
@access.agent
def show_emergency(emergency_id: UUID) -> ResponseReturnValue:
    """Show who is there, what is done, and what customers were told."""
    return _page(find_emergency(emergency_id))


@blueprint.post("/desk/emergencies/<uuid:emergency_id>/answer")
@access.agent
def answer(emergency_id: UUID) -> ResponseReturnValue:
    """Say that one is there; whoever takes over telling the customers is there, too."""
    form = AnswerForm()

    def say(session: "Session", row: Emergency, by: Actor, at: datetime) -> None:
        if form.is_taking_over:
            services.take_over(session, row, by=by, at=at)
        services.answer(session, row, by=by, at=at)

    return _change(emergency_id, form, say)


@blueprint.post("/desk/emergencies/<uuid:emergency_id>/steps/<int:place>/done")
@access.agent
def finish_step(emergency_id: UUID, place: int) -> ResponseReturnValue:
    """Tick off a line of the checklist."""

    def finish(session: "Session", row: Emergency, by: Actor, at: datetime) -> None:
        step = queries.step_of(session, row.id, place) or abort(404)
        services.finish_step(session, row, step, by=by, at=at)

    return _change(emergency_id, OnceForm(), finish)


@blueprint.post("/desk/emergencies/<uuid:emergency_id>/told")
@access.agent
def tell(emergency_id: UUID) -> ResponseReturnValue:
    """Tell the customers."""
    form = TellForm()

    def say(session: "Session", row: Emergency, by: Actor, at: datetime) -> None:
        services.tell(session, row, news=form.news(), by=by, at=at)

    return _change(emergency_id, form, say)


@blueprint.post("/desk/emergencies/<uuid:emergency_id>/notes")
@access.agent
def note(emergency_id: UUID) -> ResponseReturnValue:
    """Write a line into the log."""
    form = NoteForm()

    def write(session: "Session", row: Emergency, by: Actor, at: datetime) -> None:
        services.note(session, row, words=form.note.data, by=by, at=at)

    return _change(emergency_id, form, write)


@blueprint.post("/desk/emergencies/<uuid:emergency_id>/end")
@access.agent
def end(emergency_id: UUID) -> ResponseReturnValue:
    """Say that it is over."""

    def finish(session: "Session", row: Emergency, by: Actor, at: datetime) -> None:
        services.end(session, row, by=by, at=at)

    return _change(emergency_id, OnceForm(), finish)


@blueprint.post("/desk/emergencies/<uuid:emergency_id>/lessons")
@access.agent
def look_back(emergency_id: UUID) -> ResponseReturnValue:
    """Keep what was learned."""
    form = LookBackForm()

    def keep(session: "Session", row: Emergency, by: Actor, at: datetime) -> object:
        return services.look_back(session, row, lessons=form.lessons(), by=by, at=at)

    return _change(emergency_id, form, keep)


@blueprint.post("/desk/emergencies/<uuid:emergency_id>/actions/<uuid:action_id>/done")
@access.agent
def finish_action(emergency_id: UUID, action_id: UUID) -> ResponseReturnValue:
    """Say that something is done that was agreed on afterwards."""

    def finish(session: "Session", row: Emergency, by: Actor, at: datetime) -> None:
        action = services.action_of(session, row, action_id) or abort(404)
        services.finish_action(session, row, action, by=by, at=at)

    return _change(emergency_id, OnceForm(), finish)


def _change(emergency_id: UUID, form: OnceForm, change: Change) -> ResponseReturnValue:
    """Change an emergency and show it; what is refused stands on its page with everything that was typed."""
    page = find_emergency(emergency_id)
    is_right = form.validate() and _is_whole(form)
    wording = wording_of(form, page.mode, page.reference) if isinstance(form, WordedForm) else None
    if _must_ask(form, wording) or not is_right:
        return _page(page, form, wording), 422
    try:
        change_once(emergency_id, form, _keeping(change, form, wording))
    except DomainError as error:
        if not isinstance(form, TellForm | NoteForm | LookBackForm):
            pages.say(refusal(error), "stop")
            return pages.go_to("plans.show_emergency", emergency_id=emergency_id)
        form.refuse(error)
        return _page(page, form), 422
    return pages.go_to("plans.show_emergency", emergency_id=emergency_id)


def _is_whole(form: OnceForm) -> bool:
    return form.check_actions() if isinstance(form, LookBackForm) else True


def _must_ask(form: OnceForm, wording: Wording | None) -> bool:
    return wording is not None and isinstance(form, WordedForm) and form.must_ask(wording)


def _keeping(change: Change, form: OnceForm, wording: Wording | None) -> Change:
    """Return a change that notes as well which engineers' terms customers read all the same."""
    if wording is None or not isinstance(form, WordedForm):
        return change
    kept = form.kept_terms(wording)

    def change_and_keep(session: "Session", row: Emergency, by: Actor, at: datetime) -> None:
        change(session, row, by, at)
        services.keep_words(session, row, kept, by=by, at=at)

    return change_and_keep


def _page(page: EmergencyPage, form: OnceForm | None = None, wording: Wording | None = None) -> str:
    actor = current_actor()
    telling = form if isinstance(form, TellForm) else TellForm(formdata=None)
    noting = form if isinstance(form, NoteForm) else NoteForm(formdata=None)
    looking = form if isinstance(form, LookBackForm) else LookBackForm(formdata=None)
    others = max(links_of(web.reading(), page.notice_id).open - 1, 0) if page.notice_id else 0
    telling.offer(others=others, is_for_everybody=not page.is_agreed_with_one)
    now = clock.now()
    waiting = [each for each in page.calls if each.agent_id == actor.agent_id and each.answered_at is None]
    return pages.page(
        "plans/emergency.html",
        emergency=page,
        telling=telling,
        others=others,
        noting=noting,
        looking=looking,
        once=OnceForm(formdata=None),
        wording=wording,
        sent=form,
        may_tell=permissions.may_tell(actor, page.calls),
        tellers=permissions.tellers(page.calls),
        may_take_over=not page.ended_at and services.may_take_over(web.reading(), page.calls, by=actor, at=now),
        is_called=bool(waiting),
        problems=problems_of(telling, noting, looking),
        days=_days(page, now),
        now=now,
    )


def _days(page: EmergencyPage, at: datetime) -> list[tuple[datetime, list[LogLine]]]:
    """Return the log by the reader's days, each with a moment of it."""
    zone = languages.current_zone()
    by_day = groupby(page.log_with_late_steps(at), key=lambda line: line.at.astimezone(zone).date())
    return [(lines[0].at, lines) for lines in (list(each) for _day, each in by_day)]
