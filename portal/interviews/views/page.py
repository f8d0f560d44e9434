"""One page of an interview: shown, sent, and shown again where something is still missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intake.answers import AnswerProblem, ProblemCode
from intake.interview import Interview
from intake.plain import Json
from intake.questionnaire import Page, Question
from portal.core import clock, web
from portal.interviews import services
from portal.interviews.forms import Reading, fingerprint_of, posted_form, read_page, rows
from portal.interviews.queries import Draft, context_for, problem_of, product_of, with_issues
from portal.interviews.services import DraftError, Step
from portal.interviews.views import files, noting
from portal.interviews.views.finding import (
    Found,
    blueprint,
    find,
    found_from,
    keep_for,
    looked_up,
    to_overview,
    to_page,
    to_ticket,
    where_to_go_on,
)
from portal.interviews.views.parking import put_back
from portal.interviews.views.showing import FROM_CHECK, TRIED, Refused, page_html
from portal.ui import access, pages
from portal.ui.access import current_actor
from portal.ui.languages import current_locale, current_zone
from portal.ui.moments import day

_LEAVE, _REVEAL = "later", "reveal"
_OWN_BUTTONS = (*rows.BUTTONS, "upload", "remove-file")
_LEFT_OPEN = (ProblemCode.REQUIRED, ProblemCode.TOO_FEW_ROWS)


@dataclass(frozen=True, slots=True)
class SentPage:
    """A page as it was sent."""

    reading: Reading
    questions: tuple[Question, ...]
    uploads: files.Uploads
    shown: Sequence[str]
    """The questions that the page had shown."""
    button: str
    pressed: str
    is_cut: bool
    is_overtaken: bool
    """Whether another window changed this page since it was shown."""

    @property
    def problems(self) -> tuple[AnswerProblem, ...]:
        """What stands in the way; the page's own buttons, and leaving, don't ask for answers yet."""
        found = (*self.reading.problems, *self.uploads.missing)
        return tuple(each for each in found if not (self.button and each.code in _LEFT_OPEN))

    @property
    def may_go_on(self) -> bool:
        """Whether what was pressed can be done."""
        return not (self.problems or self.uploads.problems or self.is_overtaken)


@blueprint.get("/interviews/<uuid:interview_id>/<page_id>")
@access.signed_in
def show_page(interview_id: UUID, page_id: str) -> ResponseReturnValue:
    """Show one page of an interview."""
    found = find(interview_id)
    if found.has_gone(page_id):
        return to_page(interview_id, where_to_go_on(found))
    page = found.page(page_id)
    if found.draft.submitted_at:
        return to_ticket(found.draft)
    if page.id not in {each.id for each in found.run.path}:
        return to_page(interview_id, where_to_go_on(found))
    return page_html(found, page, refused=put_back(interview_id, page_id))


@blueprint.post("/interviews/<uuid:interview_id>/<page_id>")
@access.signed_in
def save_page(interview_id: UUID, page_id: str) -> ResponseReturnValue:
    """Keep what was answered on a page and go on, or say beside each field what is still missing."""
    found = find(interview_id)
    page = found.page(page_id)
    sent = _read(found, page)
    if sent.button == _REVEAL and sent.is_overtaken:
        return "", 204
    try:
        draft = _keep(found, page, sent)
    except DraftError:
        return to_ticket(find(interview_id).draft)
    if sent.button == _REVEAL:
        return page_html(found_from(draft), page, refused=Refused(sent.reading.typed))
    if sent.may_go_on:
        return _go_on(found, page, sent)
    refused = Refused(sent.reading.typed, sent.problems, sent.uploads.problems, is_overtaken=sent.is_overtaken)
    return page_html(found_from(draft), page, refused=refused), 413 if sent.is_cut else 422


def _read(found: Found, page: Page) -> SentPage:
    questions = found.questions_of(page)
    posted = posted_form(request.form)
    shown = request.form.get("shown", "").split() or [each.id for each in found.run.questions_on(page.id)]
    button = next((each for each in (_LEAVE, _REVEAL, *_OWN_BUTTONS) if each in request.form), "")
    pressed = request.form.get(button, "") if button else ""
    typed_ones = [each for each in questions if each.type != "files"]
    reading = read_page(found.run, typed_ones, shown, posted)
    context = _context_after(found, reading.interview)
    if context != found.run.context:  # another product was chosen: what we have on record is another version
        reading = read_page(replace(found.run, context=context), typed_ones, shown, posted)
    seen = request.form.get("seen", "")
    return SentPage(
        reading=reading,
        questions=questions,
        shown=shown,
        uploads=files.take_uploads(found.run, questions, removed=pressed if button == "remove-file" else ""),
        button=button,
        pressed=pressed,
        is_cut=bool(posted.cut),
        is_overtaken=bool(seen and reading.changes) and seen != fingerprint_of(found.run, questions),
    )


def _context_after(found: Found, run: Interview) -> Mapping[str, Json]:
    """Return what is known once a page's answers are: of what the organisation runs, and of what others reported."""
    own = context_for(found.known, found.questionnaire, run.answers)
    after = replace(run, context=own)
    if (problem_of(after), product_of(after)) == (problem_of(found.run), product_of(found.run)):
        return with_issues(after, found.looked_up)
    return looked_up(found, after).run.context


def _keep(found: Found, page: Page, sent: SentPage) -> Draft:
    """Keep everything that could be read, refused or not; what another window changed stays as it is."""
    if sent.is_overtaken:
        return found.draft
    at, by = clock.now(), current_actor()
    changes = {**sent.reading.changes, **_moved(sent)}
    following = _following(page, sent) if sent.may_go_on else found.draft.page
    with web.changing() as session:
        added = services.keep_files(session, found.draft, sent.uploads.files, by=by, at=at)
        changes |= files.changed_answers(found.run, sent.uploads, added)
        is_done = sent.may_go_on and not sent.button and not sent.reading.revealed
        step = Step(changes, sent.reading.marks, visited=page.id if is_done else None, page=following)
        draft = services.save(session, found.draft, step, keep=keep_for(), at=at)
        services.note_visits(session, draft, _visits(sent, draft, following, is_done=is_done), at=at)
        if draft.ticket_id and changes:
            run = replace(sent.reading.interview, answers=draft.answers)
            services.revise(session, found.sent(draft, run), by=by, at=at)
    return draft


def _visits(sent: SentPage, draft: Draft, following: str, *, is_done: bool) -> noting.Visits:
    """Return what became of the questions of a page; its own buttons, and leaving, say nothing yet."""
    if sent.button:
        return {}
    run = sent.reading.interview
    if not is_done:
        revealed = [each for each in sent.questions if each.id in sent.reading.revealed]
        return {**noting.refused(sent.problems), **noting.shown(revealed)}
    own = noting.passed(sent.questions, sent.shown, run, draft.answers)
    return {**own, **noting.shown(run.questions_on(following) if following else ())}


def _moved(sent: SentPage) -> Mapping[str, Json]:
    """Return the steps of the page after one of its buttons moved them."""
    question = rows.steps_question(sent.questions)
    if question is None or sent.button not in rows.BUTTONS:
        return {}
    steps = sent.reading.interview.answers.get(question.id)
    return {question.id: rows.moved(steps, sent.button, rows.number_pressed(sent.pressed))[0]}


def _after(sent: SentPage, page: Page) -> Interview:
    return sent.reading.interview.with_visited(page.id)


def _following(page: Page, sent: SentPage) -> str:
    """Return where the interview goes on after this page."""
    if sent.button or sent.reading.revealed:
        return page.id
    after = _after(sent, page)
    following = after.next_page if request.form.get("from") == FROM_CHECK else after.page_after(page.id)
    return following.id if following else ""


def _go_on(found: Found, page: Page, sent: SentPage) -> ResponseReturnValue:
    """Send the reader on: home, to the same page where something has just appeared, or to the next."""
    if sent.button == _LEAVE:
        until = day(clock.now() + keep_for(), current_locale(), current_zone())
        pages.say(_("Saved. You can go on until %(day)s, on any computer.", day=until))
        return to_overview(found.draft)
    again = _shown_again(sent)
    if again is not None:
        return to_page(found.draft.id, page, **again)
    if _is_solved(sent):
        return pages.go_to("interviews.show_solved", interview_id=found.draft.id)
    following = _following(page, sent)
    return to_page(found.draft.id, found.questionnaire.page(following) if following else None)


def _shown_again(sent: SentPage) -> dict[str, object] | None:
    """Return how the same page comes back, or None where the interview goes on."""
    back = {"from": FROM_CHECK} if request.form.get("from") == FROM_CHECK else {}
    question = rows.steps_question(sent.questions)
    if sent.button in rows.BUTTONS and question is not None:
        number = _moved_to(sent, question)
        return {**back, "rows": number, "open": number, "_anchor": rows.first_field(question, number)}
    if sent.button:
        return {**back, "_anchor": "files"}
    if sent.reading.revealed:
        return {**back, "_anchor": f"q-{sent.reading.revealed[0]}"}
    covered = next((each.id for each in sent.questions if _is_newly_covered(each, sent.reading.changes)), None)
    return {**back, "_anchor": f"q-{covered}-seen"} if covered else None


def _moved_to(sent: SentPage, question: Question) -> int:
    steps = sent.reading.interview.answers.get(question.id)
    return rows.moved(steps, sent.button, rows.number_pressed(sent.pressed))[1]


def _is_newly_covered(question: Question, changes: Mapping[str, Json]) -> bool:
    """Whether a message was just pasted in which something had to be covered, so that the customer may look at it."""
    answer = changes.get(question.id)
    return question.type == "error_text" and isinstance(answer, Mapping) and bool(answer.get("redactions"))


def _is_solved(sent: SentPage) -> bool:
    """Whether a step to try, or what is known of the problem, has just helped."""
    run = sent.reading.interview
    tried = [each for each in sent.questions if each.type in TRIED and each.id in sent.reading.changes]
    return any(run.facts.get(each.id) == "solved" for each in tried)
