"""Filling in a questionnaire for somebody who is on the phone, and going on with what was begun so."""

from datetime import timedelta
from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue

from portal.accounts.models import Organisation
from portal.core import clock, idempotency, web
from portal.core.actor import Actor
from portal.desk import queries
from portal.desk.forms import CallerForm
from portal.desk.queries import AT_ONCE
from portal.desk.views.blueprint import blueprint
from portal.interviews import queries as interviews
from portal.interviews import services
from portal.interviews.services import Beginning, Caller
from portal.questionnaires import queries as questionnaires
from portal.questionnaires.labels import Labels
from portal.ui import access, languages, pages
from portal.ui.access import current_actor
from portal.ui.forms import clean

_PURPOSE = "start-by-phone"
_LONGEST_KEY, _LONGEST_NAME = 60, 160


@blueprint.get("/organisations/<uuid:organisation_id>/interviews")
@access.agent
def show_phone_interviews(organisation_id: UUID) -> ResponseReturnValue:
    """Ask who is on the phone and what it is about, and show what the agent has begun for others here."""
    return _page_html(_served(organisation_id), CallerForm(prefix="calling", formdata=None))


@blueprint.post("/organisations/<uuid:organisation_id>/interviews")
@access.agent
def start_for_caller(organisation_id: UUID) -> ResponseReturnValue:
    """Start an interview for a contact of the organisation, and show its first page."""
    organisation, session = _served(organisation_id), web.reading()
    form = CallerForm(prefix="calling")
    published = questionnaires.latest_of(session, clean(form.questionnaire.data)[:_LONGEST_KEY])
    contact_id = queries.contact_of(session, organisation_id, form.contact_id) if form.contact_id else None
    if not form.validate_on_submit() or published is None or contact_id is None:
        form.ask_for_missing(has_contact=contact_id is not None, has_questionnaire=published is not None)
        return _page_html(organisation, form), 422
    beginning = Beginning(published.id, on_behalf=Caller(contact_id, organisation_id))
    interview_id = _start_once(beginning, (form.once.data or "")[:64], current_actor())
    return pages.go_to("interviews.go_on", interview_id=interview_id)


def _served(organisation_id: UUID) -> Organisation:
    return queries.organisation(web.reading(), current_actor(), organisation_id) or abort(404)


def _page_html(organisation: Organisation, form: CallerForm) -> str:
    session, locale, words = web.reading(), languages.current_locale(), clean(request.args.get("q", ""))[:_LONGEST_NAME]
    people = queries.people_of(session, organisation.id, words=words)
    form.contact.choices = [("", "–"), *((str(each.id), each.name) for each in people[:AT_ONCE])]
    titles = [
        (each.questionnaire.id, Labels(each.questionnaire, locale).title) for each in questionnaires.latest(session)
    ]
    form.questionnaire.choices = [("", "–"), *((key, title.plain) for key, title in titles)]
    begun = interviews.drafts_of(session, current_actor(), at=clock.now(), organisation_id=organisation.id)
    return pages.page(
        "desk/phone_interviews.html",
        organisation=organisation,
        form=form,
        words=words,
        has_more_people=len(people) > AT_ONCE,
        drafts=[(each, Labels(each.questionnaire, locale).title) for each in begun],
    )


def _start_once(beginning: Beginning, once: str, actor: Actor) -> UUID:
    at, keep = clock.now(), timedelta(days=languages.settings().draft_days)
    with web.changing() as session:
        earlier = idempotency.earlier_result(session, once, purpose=_PURPOSE, person_id=actor.person_id)
        if earlier is not None:
            return UUID(earlier["interview"])
        row = services.start(session, beginning, by=actor, keep=keep, at=at)
        result = {"interview": str(row.id)}
        idempotency.remember(session, once, purpose=_PURPOSE, person_id=actor.person_id, result=result, at=at)
    return row.id
