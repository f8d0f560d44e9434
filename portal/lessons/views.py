"""The pages of what is to be written up, and where it is shown."""

from datetime import datetime, timedelta
from uuid import UUID

from flask import Blueprint, Flask, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.core import clock, web
from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.files.delivery import UPLOAD_LIMIT
from portal.knowledge import queries as knowledge
from portal.knowledge.models import Article
from portal.knowledge.services import About
from portal.lessons import queries, services
from portal.lessons.forms import LessonForm
from portal.lessons.models import LessonOutcome, LessonTask
from portal.lessons.queries import AT_ONCE
from portal.lessons.services import Settled
from portal.outbox.registry import MoreIsDue, register_clock_pass
from portal.tickets.models import Ticket, TicketState
from portal.tickets.queries import Head, ticket_head
from portal.ui import access, languages, pages
from portal.ui.access import current_actor

blueprint = Blueprint("lessons", __name__)
_SOON = timedelta(hours=24)
_MOST_TYPED = 16 * 1024 * 1024
_SHOWN_ON_DESK = 5


@blueprint.url_value_preprocessor
def allow_long_posts(_endpoint: str | None, _values: object) -> None:
    """Read long pastes; this must come before the token is checked, which reads the form."""
    request.max_content_length, request.max_form_memory_size = UPLOAD_LIMIT, _MOST_TYPED


def init_app(app: Flask) -> None:
    """Show what is to be written up on the desk, beside articles, and beside a solved ticket."""
    pages.fill_slot(app, "due-on-desk", show_due)
    pages.fill_slot(app, "above-articles", lambda: pages.page("lessons/_link.html"))
    pages.fill_slot(app, "beside-desk-ticket", show_beside)
    register_clock_pass(app, _ask)


def _ask(session: Session, *, at: datetime) -> object:
    return MoreIsDue.AT_ONCE if services.ask_for_articles(session, at=at) else None


@blueprint.get("/desk/lessons")
@access.agent
def show_tasks() -> ResponseReturnValue:
    """List the solved tickets that ask for an article, the next due first."""
    found = queries.open_tasks(web.reading(), current_actor(), after=_asked_after())
    next_id = found[AT_ONCE - 1].ticket_id if len(found) > AT_ONCE else None
    is_first = "after" not in request.args
    return pages.page("lessons/tasks.html", tasks=found[:AT_ONCE], next=next_id, is_first=is_first, now=clock.now())


@blueprint.get("/desk/tickets/<reference>/lesson")
@access.agent
def show_task(reference: str) -> ResponseReturnValue:
    """Ask what becomes of what a solved ticket has taught."""
    return _task_page(_find(reference), LessonForm(formdata=None))


@blueprint.post("/desk/tickets/<reference>/lesson")
@access.agent
def settle(reference: str) -> ResponseReturnValue:
    """Begin the article, or say which one covers it, or why there is nothing to learn."""
    head, form, by = _find(reference), LessonForm(), current_actor()
    if not form.validate():
        return _task_page(head, form), 422
    outcome = LessonOutcome(form.outcome.data)
    try:
        with web.changing() as session:
            article_id = _settle(session, head, form, outcome, by)
    except DomainError as error:
        form.refuse(error)
        return _task_page(head, form), 422
    if outcome is LessonOutcome.ARTICLE:
        return pages.go_to("knowledge.show_on_desk", article_id=article_id)
    pages.say(_("It is settled."))
    return pages.go_to(".show_tasks")


def _settle(session: Session, head: Head, form: LessonForm, outcome: LessonOutcome, by: Actor) -> UUID | None:
    task, at = queries.task_of(session, head.id, is_held=True), clock.now()
    if task is None:
        raise services.LessonError("settled")
    if outcome is LessonOutcome.ARTICLE:
        ticket, solution = session.get_one(Ticket, head.id), queries.solution_of(session, head.id)
        services.begin_article(session, task, ticket, solution, by=by, at=at)
    else:
        article = _chosen(session, form) if outcome is LessonOutcome.COVERED else None
        services.settle(task, Settled(outcome, article, form.reason.data), by=by, at=at)
    services.take_along(session, task, by=by)
    return task.article_id


def _chosen(session: Session, form: LessonForm) -> Article | None:
    try:
        return knowledge.find_article(session, current_actor(), UUID(form.article.data or ""))
    except ValueError:
        return None


def show_due() -> str | None:
    """Show what is to be written up within a day, or is overdue."""
    now = clock.now()
    tasks = queries.open_tasks(web.reading(), current_actor(), before=now + _SOON)
    shown = {"tasks": tasks[:_SHOWN_ON_DESK], "has_more": len(tasks) > _SHOWN_ON_DESK, "now": now}
    return pages.page("lessons/_due.html", **shown) if tasks else None


def show_beside(ticket: Head) -> str | None:
    """Lead from a solved ticket to what becomes of it."""
    is_solved = ticket.state in (TicketState.RESOLVED, TicketState.CLOSED)
    return pages.page("lessons/_beside.html", reference=ticket.reference) if is_solved else None


def _find(reference: str) -> Head:
    return ticket_head(web.reading(), reference, current_actor()) or abort(404)


def _task_page(head: Head, form: LessonForm) -> str:
    session, locale = web.reading(), languages.current_locale()
    task: LessonTask | None = queries.task_of(session, head.id)
    about = About(head.product_code, head.module_code, head.fault_type)
    found = knowledge.matching(session, current_actor(), about, limit=20)
    form.article.choices = [("", "–"), *((str(each.id), each.titles.get(locale, "")) for each in found)]
    return pages.page("lessons/task.html", ticket=head, task=task, form=form, now=clock.now())


def _asked_after() -> UUID | None:
    try:
        return UUID(request.args.get("after", ""))
    except ValueError:
        return None
