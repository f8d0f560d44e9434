"""Checking the answers, sending them, and what comes instead when a step to try has helped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intake.answers import Retired
from intake.kinds import PartRole
from intake.plain import sha256_of
from intake.questionnaire import Page, Question, Questionnaire
from intake.triage import triage
from portal.agreements.queries import agreement_for
from portal.agreements.terms import Subject
from portal.core import clock, web
from portal.core.i18n import LANGUAGE_TAGS
from portal.interviews import services
from portal.interviews.forms.describing import Words, described, note_on, words_of
from portal.interviews.services import DraftError
from portal.interviews.views.finding import Found, blueprint, find, to_page, to_received, to_ticket
from portal.interviews.views.showing import FROM_CHECK, frame_of
from portal.questionnaires.labels import Label, Labels
from portal.questionnaires.queries import before
from portal.tickets.models import Priority
from portal.tickets.services import policies
from portal.ui import access, languages, pages
from portal.ui.access import current_actor
from portal.ui.forms import OnceForm


@dataclass(frozen=True, slots=True)
class Line:
    """One answer to look over."""

    term: Label
    words: list[Words]
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class Old:
    """An answer that has no place any more."""

    term: Label
    words: list[Words]
    note: Label


@blueprint.get("/interviews/<uuid:interview_id>/check")
@access.signed_in
def check(interview_id: UUID) -> ResponseReturnValue:
    """Show all answers, the priority with its reason, and by when somebody answers."""
    found = find(interview_id)
    if found.draft.submitted_at:
        return to_ticket(found.draft)
    if not found.run.is_complete:
        return to_page(interview_id, found.run.next_page)
    return _check_html(found)


@blueprint.post("/interviews/<uuid:interview_id>/submit")
@access.signed_in
def submit(interview_id: UUID) -> ResponseReturnValue:
    """Send the interview once: the ticket is open, or its details are complete."""
    found = find(interview_id)
    form = OnceForm()
    if found.draft.submitted_at:
        return to_ticket(found.draft)
    if not found.run.is_complete:
        return to_page(interview_id, found.run.next_page)
    if not form.validate_on_submit() or request.form.get("seen", _seen(found)) != _seen(found):
        return _check_html(found, is_overtaken=True), 422
    try:
        return _send(found)
    except DraftError:
        return to_ticket(find(interview_id).draft)


@blueprint.get("/interviews/<uuid:interview_id>/solved")
@access.signed_in
def show_solved(interview_id: UUID) -> ResponseReturnValue:
    """Be glad with the customer, and ask whether anything is left to report."""
    found = find(interview_id)
    if found.draft.submitted_at:
        return to_ticket(found.draft)
    return pages.page("interviews/solved.html", helped=_what_helped(found), **frame_of(found, None))


@blueprint.post("/interviews/<uuid:interview_id>/solved")
@access.signed_in
def finish_solved(interview_id: UUID) -> ResponseReturnValue:
    """Close the interview without a ticket, because it works again."""
    found = find(interview_id)
    try:
        with web.changing() as session:
            services.finish_solved(session, found.draft, found.run, at=clock.now())
    except DraftError:
        return to_ticket(find(interview_id).draft)
    pages.say(_("We are glad that it works again. Nothing was sent."))
    return pages.go_to("home.show")


def _send(found: Found) -> ResponseReturnValue:
    at, by = clock.now(), current_actor()
    if found.draft.ticket_id is not None:
        with web.changing() as session:
            services.finish(session, found.draft, ticket_id=found.draft.ticket_id, at=at)
        return to_ticket(found.draft)
    with web.changing() as session:
        reference = services.send(session, found.sent(found.draft, found.run), by=by, at=at)
    return to_received(found.draft, reference)


def _check_html(found: Found, *, is_overtaken: bool = False) -> str:
    outcome = triage(found.questionnaire, found.run)
    return pages.page(
        "interviews/check.html",
        form=OnceForm(),
        seen=_seen(found),
        is_overtaken=is_overtaken,
        sections=[(found.labels.page(page), _lines(found, page)) for page in found.run.path],
        priority=outcome.priority,
        because=found.labels.because(outcome.rule, outcome.because),
        misses=[(miss.priority, found.labels.because(miss.rule, miss.because)) for miss in outcome.near_misses],
        reply_by=_reply_by(found, outcome.priority),
        retired=_retired(found),
        **frame_of(found, None),
    )


def first_reply_by(subject: Subject, at: datetime, organisation_id: UUID | None) -> datetime:
    """Return by when a person would answer, if this were sent now."""
    agreement = agreement_for(web.reading(), subject, organisation_id)
    return policies.first_reply_due(agreement, Priority(subject.priority), at)


def _reply_by(found: Found, priority: str) -> datetime:
    product = found.run.answers.get("product")
    code = product if isinstance(product, str) else ""
    subject = Subject(priority, product=code, channel=found.draft.channel)
    return first_reply_by(subject, clock.now(), found.draft.organisation_id)


def _lines(found: Found, page: Page) -> list[Line]:
    return [_line(found, page, question) for question in found.run.questions_on(page.id)]


def _line(found: Found, page: Page, question: Question) -> Line:
    url = url_for("interviews.show_page", interview_id=found.draft.id, page_id=page.id)
    return Line(
        term=found.labels.question(question),
        words=described(found.run, question, found.labels),
        note=note_on(found.run, question),
        url="" if page.only else f"{url}?from={FROM_CHECK}#q-{question.id}",
    )


def _retired(found: Found) -> list[Old]:
    """Return the answers that have no place any more, in the words of the last version that asked for them."""
    retired = found.draft.answers.retired
    versions = before(web.reading(), found.draft.version_id) if retired else ()
    return [_old(found, each, [version.questionnaire for version in versions]) for each in retired]


def _old(found: Found, retired: Retired, versions: Sequence[Questionnaire]) -> Old:
    asked = next((each for each in versions if retired.question_id in each.questions), None)
    note = found.labels.note(retired.question_id, retired.note)
    if asked is None:
        return Old(Label(retired.text), [Words(PartRole.TYPED, Label(str(retired.answer)))], note)
    labels, question = Labels(asked, found.labels.locale), asked.question(retired.question_id)
    return Old(labels.question(question), words_of(question, retired.answer, labels), note)


def _what_helped(found: Found) -> list[Label]:
    facts = found.run.facts
    helped = [each for each in found.questionnaire.questions.values() if facts.get(each.id) == "solved"]
    steps = [found.labels.question(each) for each in helped if each.type == "guidance"]
    answers = [found.run.live[each.id] for each in helped if each.type == "known_issues"]
    codes = [answer["issue"] for answer in answers if isinstance(answer, Mapping)]
    issues = [Label(each.title, _language(each.language)) for each in found.issues if each.code in codes]
    articles = [each.text for each in found.articles if each.code in codes]
    return steps + issues + [Label(each.title, _language(each.language)) for each in articles]


def _language(locale: str) -> str:
    return "" if locale == languages.current_locale() else LANGUAGE_TAGS[locale]


def _seen(found: Found) -> str:
    """Return a short sign of all answers, so that nothing is sent that the sender hasn't seen."""
    return sha256_of(dict(found.draft.answers))[:16]
