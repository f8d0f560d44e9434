"""Reporting a problem: choosing what to report, starting, and going on where it was left."""

from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue

from intake.interview import Interview
from portal.core import clock, idempotency, web
from portal.core.actor import Actor
from portal.interviews import queries, services
from portal.interviews.forms import StartForm, once_of
from portal.interviews.services import Beginning
from portal.interviews.views import noting
from portal.interviews.views.finding import blueprint, find, keep_for, to_page, to_ticket, where_to_go_on
from portal.questionnaires import queries as questionnaires
from portal.questionnaires.labels import Labels
from portal.questionnaires.queries import Published
from portal.ui import access, languages, pages
from portal.ui.access import current_actor
from portal.ui.forms import clean

_PURPOSE = "start-interview"


@blueprint.get("/report")
@access.customer
def report() -> ResponseReturnValue:
    """Choose what to report, or go on with what was begun."""
    return _choice(StartForm())


@blueprint.post("/interviews")
@access.customer
def start() -> ResponseReturnValue:
    """Start an interview and show its first page."""
    form = StartForm()
    beginning = _beginning(form)
    if beginning is None or not form.validate_on_submit():
        return _choice(form), 422
    interview_id = _start_once(beginning, once_of(form), current_actor())
    return pages.go_to("interviews.go_on", interview_id=interview_id)


@blueprint.get("/interviews/<uuid:interview_id>")
@access.signed_in
def go_on(interview_id: UUID) -> ResponseReturnValue:
    """Go on where an interview was left."""
    found = find(interview_id)
    if found.draft.submitted_at:
        return to_ticket(found.draft)
    return to_page(interview_id, where_to_go_on(found))


def _choice(form: StartForm) -> str:
    locale = languages.current_locale()
    session = web.reading()
    runs = queries.products_run(session, current_actor().organisation_id)
    offered = queries.nearest_first((each.questionnaire for each in questionnaires.latest(session)), runs)
    labels = [Labels(each, locale) for each in offered]
    choices = [(each.questionnaire.id, each.title, each.about) for each in labels]
    drafts = [
        (each, Labels(each.questionnaire, locale).title)
        for each in queries.drafts_of(session, current_actor(), at=clock.now())
    ]
    return pages.page(
        "interviews/report.html", form=form, choices=choices, drafts=drafts, notice=form.notice.data or ""
    )


def _beginning(form: StartForm) -> Beginning | None:
    """Return what was chosen to begin with; None where a questionnaire still has to be chosen."""
    session, actor = web.reading(), current_actor()
    if form.follows.data:
        earlier = queries.followed(session, actor, clean(form.follows.data)[:20])
        newest = questionnaires.latest_of(session, earlier.key) if earlier else None
        if earlier is None or newest is None:
            abort(404)
        return Beginning(newest.id, follows_id=earlier.ticket_id, answers=earlier.answers)
    published = _asked_for(clean(form.questionnaire.data)[:60])
    return None if published is None else Beginning(published.id, notice_id=_notice(form.notice.data or ""))


def _asked_for(key: str) -> Published | None:
    """Return the questionnaire that was chosen; where there is only one, nobody has to choose."""
    if key:
        return questionnaires.latest_of(web.reading(), key)
    only = questionnaires.latest(web.reading())
    return only[0] if len(only) == 1 else None


def _notice(sent: str) -> UUID | None:
    """Return the notice that a form names, if this reader may read it."""
    try:
        notice_id = UUID(sent)
    except ValueError:
        return None
    return queries.notice_to_ask_about(web.reading(), current_actor(), notice_id)


def _start_once(beginning: Beginning, once: str, actor: Actor) -> UUID:
    at = clock.now()
    with web.changing() as session:
        earlier = idempotency.earlier_result(session, once, purpose=_PURPOSE, person_id=actor.person_id)
        if earlier is not None:
            return UUID(earlier["interview"])
        row = services.start(session, beginning, by=actor, keep=keep_for(), at=at)
        services.note_visits(session, row, _first_shown(beginning), at=at)
        result = {"interview": str(row.id)}
        idempotency.remember(session, once, purpose=_PURPOSE, person_id=actor.person_id, result=result, at=at)
    return row.id


def _first_shown(beginning: Beginning) -> noting.Visits:
    """Return the questions of the page with which an interview begins."""
    today = clock.now().astimezone(languages.current_zone()).date()
    questionnaire = questionnaires.parsed(web.reading(), beginning.version_id)
    run = Interview.begin(questionnaire, today=today, answers=beginning.answers)
    return noting.shown(run.questions_on(run.next_page.id) if run.next_page else ())
