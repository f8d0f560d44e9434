"""The emergency lane: three answers, then a ticket at once; signed out, a call-back that only agents see."""

from datetime import timedelta
from uuid import UUID

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intake.questionnaire import Questionnaire
from portal.agreements.terms import Subject
from portal.core import clock, limits, web
from portal.interviews import queries, services
from portal.interviews.forms import CallBackForm, Reading, fields_for, once_of, posted_form, read_page
from portal.interviews.queries import Known
from portal.interviews.services import DraftError, Step, call_backs
from portal.interviews.services.call_backs import CallBack
from portal.interviews.views.checking import first_reply_by
from portal.interviews.views.finding import (
    Found,
    blueprint,
    find,
    found_from,
    keep_for,
    not_begun,
    to_received,
    to_ticket,
)
from portal.interviews.views.parking import put_back
from portal.interviews.views.showing import Refused, alike, questions_of_emergency
from portal.questionnaires import queries as questionnaires
from portal.ui import access, pages
from portal.ui.access import current_actor
from portal.ui.forms import OnceForm

_CALL_BACKS_AN_HOUR = 10
_EMERGENCY = Subject("P1", channel="portal")
_CALL_BACK = Subject("P1", channel=call_backs.CHANNEL)


@blueprint.get("/emergency/<uuid:interview_id>")
@access.signed_in
def show_emergency(interview_id: UUID) -> ResponseReturnValue:
    """Ask three questions instead of the rest of an interview."""
    found = find(interview_id)
    if found.draft.ticket_id or found.draft.submitted_at:
        return to_ticket(found.draft)
    return _lane_html(_in_emergency(found), refused=put_back(interview_id))


@blueprint.post("/emergency/<uuid:interview_id>")
@access.signed_in
def send_emergency(interview_id: UUID) -> ResponseReturnValue:
    """Open the ticket at once; the interview goes on as its details."""
    found = find(interview_id)
    if found.draft.ticket_id or found.draft.submitted_at:
        return to_ticket(found.draft)
    return _send(_in_emergency(found), is_begun=True)


@blueprint.get("/emergency")
@access.public
def show_lane() -> ResponseReturnValue:
    """Ask three questions of a customer, or who to call of anybody else."""
    found = _lane() if current_actor().is_customer else None
    return _call_back_html(CallBackForm()) if found is None else _lane_html(found)


@blueprint.post("/emergency")
@access.public
def send_lane() -> ResponseReturnValue:
    """Open an emergency's ticket at once, for a customer or for somebody who is to be called back."""
    found = _lane() if current_actor().is_customer else None
    return _ask_call_back() if found is None else _send(found, is_begun=False)


@blueprint.get("/emergency/received/<uuid:ticket_id>")
@access.public
def show_call_back(ticket_id: UUID) -> ResponseReturnValue:
    """Say that somebody calls back, and by when."""
    opened = queries.call_back(web.reading(), ticket_id)
    if opened is None:
        abort(404)
    return pages.page("interviews/call_back_received.html", opened=opened)


def _in_emergency(found: Found) -> Found:
    if found.questionnaire.emergency is None:
        abort(404)
    return found_from(found.draft, emergency=True, upgrade=found.upgrade, known=found.known)


def _lane() -> Found | None:
    """Return an emergency lane: that of a questionnaire which knows a product that this customer runs, if any."""
    published = [each for each in questionnaires.latest(web.reading()) if each.questionnaire.emergency is not None]
    actor = current_actor()
    if not published:
        return None
    known = queries.known_about(web.reading(), actor.contact_id) if actor.contact_id else Known()
    runs = known.versions.keys()
    suited = next((each for each in published if runs & _products(each.questionnaire)), published[0])
    return not_begun(suited.id, actor, known)


def _products(questionnaire: Questionnaire) -> set[str]:
    questions = questionnaire.questions.values()
    return {option.id for each in questions if each.type == "product" for option in each.options}


def _send(found: Found, *, is_begun: bool) -> ResponseReturnValue:
    posted = posted_form(request.form)
    questions = questions_of_emergency(found)
    reading = read_page(found.run, questions, [each.id for each in questions], posted)
    form = OnceForm()
    if reading.problems or not form.validate_on_submit():
        return _lane_html(found, refused=Refused(reading.typed, reading.problems)), 413 if posted.cut else 422
    try:
        reference = _open_at_once(found, reading, "" if is_begun else once_of(form))
    except DraftError:
        return to_ticket(find(found.draft.id).draft)
    return to_received(found.draft, reference)


def _open_at_once(found: Found, reading: Reading, once: str) -> str:
    """Open the ticket; a key stands for an interview that is begun and sent in one."""
    at, by = clock.now(), current_actor()
    with web.changing() as session:
        reference = services.sent_before(session, once, by=by) if once else None
        if reference is not None:
            return reference
        draft = found.draft
        if once:
            draft = services.begin(session, draft.version_id, by=by, keep=keep_for(), at=at)
        step = Step(reading.changes, reading.marks, page=draft.page)
        draft = services.save(session, draft, step, keep=keep_for(), at=at)
        return services.send(session, found.sent(draft, reading.interview, once), by=by, at=at)


def _ask_call_back() -> ResponseReturnValue:
    form = CallBackForm()
    if "what" not in request.form:
        return _call_back_html(_carried_over()), 422
    if not form.validate_on_submit():
        return _call_back_html(form), 422
    if not _is_within_limit():
        return _call_back_html(form, is_too_often=True), 429
    call = CallBack(form.what.data, form.phone.data, form.name.data, form.organisation.data)
    with web.changing() as session:
        ticket_id = call_backs.ask(
            session,
            call,
            once=once_of(form),
            because=_("somebody who can't sign in says that work has stopped"),
            at=clock.now(),
        )
    return pages.go_to("interviews.show_call_back", ticket_id=ticket_id)


def _carried_over() -> CallBackForm:
    """Return the form with what a customer had answered whose sign-in has just run out."""
    found = _lane()
    if found is None:
        return CallBackForm()
    questions = [each for each in found.questionnaire.questions.values() if f"q-{each.id}" in request.form]
    typed = posted_form(request.form).masked(questions)
    said = {each.type: typed[f"q-{each.id}"][0] for each in questions}
    return CallBackForm(formdata=None, what=said.get("text", ""), phone=said.get("phone", ""))


def _is_within_limit() -> bool:
    """Whether this address hasn't asked too often; counted in a transaction of its own, refused or not."""
    with web.changing() as session:
        key = f"call-back:{limits.network_of(request.remote_addr)}"
        return limits.hit(session, key, clock.now(), timedelta(hours=1), _CALL_BACKS_AN_HOUR)


def _lane_html(found: Found, *, refused: Refused | None = None) -> str:
    fields = fields_for(
        found.run,
        questions_of_emergency(found),
        found.labels,
        typed=dict(refused.typed) if refused else None,
        problems=refused.problems if refused else (),
    )
    return pages.page(
        "interviews/emergency.html",
        form=OnceForm(),
        fields=fields,
        errors=[line for field in fields for line in field.links],
        action=request.path,
        heading=found.labels.emergency,
        reply_by=first_reply_by(_EMERGENCY, clock.now(), found.draft.organisation_id),
        of=found.questionnaire.version,
        alike=alike(found),
        is_parked=bool(refused and refused.is_parked),
        back=url_for("interviews.go_on", interview_id=found.draft.id) if request.view_args else "",
    )


def _call_back_html(form: CallBackForm, *, is_too_often: bool = False) -> str:
    return pages.page(
        "interviews/call_back.html",
        form=form,
        is_too_often=is_too_often,
        reply_by=first_reply_by(_CALL_BACK, clock.now(), None),
    )
