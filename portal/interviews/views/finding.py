"""Finding an interview for whoever asks, and where it goes on."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from flask import Blueprint, abort, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.answers import Answers
from intake.interview import Interview
from intake.questionnaire import Page, Question, Questionnaire
from portal.accounts.doorman import has_session
from portal.core import clock, web
from portal.core.actor import Actor
from portal.core.db import new_id
from portal.files.delivery import UPLOAD_LIMIT
from portal.interviews import queries
from portal.interviews.queries import PHONE, Draft, Known
from portal.interviews.services import Sent, Upgrade, upgraded
from portal.interviews.services.sending import fault_type_of
from portal.knowledge.queries import Helping
from portal.notices.queries import KnownIssue
from portal.questionnaires.labels import Labels
from portal.questionnaires.queries import after, parsed
from portal.tickets.queries import ticket_head
from portal.ui import languages, pages
from portal.ui.access import current_actor

blueprint = Blueprint("interviews", __name__)
MOST_TYPED = 16 * 1024 * 1024
"""Bytes of typed text that are read, so that a paste of ten megabytes gets an answer instead of an error page."""
NOBODY = UUID(int=0)


@blueprint.url_value_preprocessor
def allow_long_posts(_endpoint: str | None, _values: object) -> None:
    """Read customers' long pastes and uploads; before the token is checked, which reads the form."""
    if not has_session():  # a stranger's call-back is four lines
        return
    request.max_content_length = UPLOAD_LIMIT
    request.max_form_memory_size = MOST_TYPED


@dataclass(frozen=True, slots=True)
class Found:
    """An interview that somebody may go on with."""

    draft: Draft
    run: Interview
    labels: Labels
    known: Known
    upgrade: Upgrade | None = None
    """What has changed since it was begun, until the first page is sent in the newer version."""
    issues: tuple[KnownIssue, ...] = ()
    """What others have reported that looks like it, as of now."""
    articles: tuple[Helping, ...] = ()
    """What we have written about it."""

    @property
    def looked_up(self) -> tuple[KnownIssue | Helping, ...]:
        """Everything that the page of known issues shows."""
        return *self.issues, *self.articles

    @property
    def questionnaire(self) -> Questionnaire:
        """What is asked."""
        return self.run.questionnaire

    def sent(self, draft: Draft, run: Interview, once: str = "") -> Sent:
        """Return the interview as it is sent: as it was just saved, with the answers that were just given."""
        return Sent(draft, run, self.labels, once)

    def page(self, page_id: str) -> Page:
        """Return a page of the questionnaire, or answer that there is none."""
        page = self.questionnaire.pages_by_id.get(page_id)
        if page is None or page.only is not None:
            abort(404)
        return page

    def has_gone(self, page_id: str) -> bool:
        """Whether a page was there when the interview was begun, and is no more."""
        is_known = self.upgrade is not None and page_id in self.upgrade.old.pages_by_id
        return is_known and page_id not in self.questionnaire.pages_by_id

    def questions_of(self, page: Page) -> tuple[Question, ...]:
        """Return every question that may stand on a page of this lane, asked or not."""
        lane = self.questionnaire.emergency
        first = lane.ask if lane and self.draft.is_emergency else ()
        return tuple(each for each in page.questions if each.id not in first)


def find(interview_id: UUID) -> Found:
    """Return an interview that this reader may see, or answer as if there were none."""
    draft = queries.draft(web.reading(), current_actor(), interview_id, at=clock.now())
    if draft is None:
        abort(404)
    upgrade = None if draft.submitted_at else _upgrade(draft)
    return found_from(upgrade.draft, upgrade=upgrade) if upgrade else found_from(draft)


def _upgrade(draft: Draft) -> Upgrade | None:
    """Return how a draft goes on in the newest version; what was shown in an older one is sent in that one."""
    newer = after(web.reading(), draft.version_id, draft.newest_id)
    if not newer:
        return None
    own = parsed(web.reading(), draft.version_id)
    if request.method == "POST":
        shown = request.form.get("of", "")
        newest = int(shown) if shown.isascii() and shown.isdecimal() and len(shown) < 11 else own.version
        newer = tuple(each for each in newer if each.questionnaire.version <= newest)
    return upgraded(draft, own, newer)


def found_from(
    draft: Draft, *, emergency: bool | None = None, upgrade: Upgrade | None = None, known: Known | None = None
) -> Found:
    """Return a draft with everything that its pages need."""
    questionnaire = parsed(web.reading(), draft.version_id)
    known = known or queries.known_about(web.reading(), draft.contact_id)
    begun = Interview.begin(
        questionnaire,
        today=clock.now().astimezone(languages.current_zone()).date(),
        context=queries.context_for(known, questionnaire, draft.answers),
        answers=draft.answers,
        emergency=draft.is_emergency if emergency is None else emergency,
        visited=draft.visited,
    )
    found = Found(draft, begun, Labels(questionnaire, languages.current_locale()), known, upgrade)
    return looked_up(found, begun) if queries.is_worth_looking(begun, draft.page) else found


def looked_up(found: Found, run: Interview) -> Found:
    """Return an interview that knows what others have reported that looks like it, and what we have written."""
    session, organisation_id, locale = web.reading(), found.draft.organisation_id, languages.current_locale()
    issues = queries.issues_for(session, run, organisation_id, locale=locale, today=run.today)
    told = {"locale": locale, "fault_type": fault_type_of(run)}
    articles = queries.articles_for(session, run, organisation_id, **told, today=run.today)
    context = queries.with_issues(run, (*issues, *articles))
    return replace(found, run=replace(run, context=context), issues=issues, articles=articles)


def not_begun(version_id: UUID, actor: Actor, known: Known | None = None) -> Found:
    """Return an interview of which nothing is kept yet, to show its questions."""
    at = clock.now()
    draft = Draft(
        id=new_id(),
        organisation_id=actor.organisation_id or NOBODY,
        contact_id=actor.contact_id or NOBODY,
        version_id=version_id,
        newest_id=version_id,
        ticket_id=None,
        notice_id=None,
        follows_id=None,
        answers=Answers(),
        visited=frozenset(),
        page="",
        is_emergency=True,
        channel="portal",
        begun_by=None,
        version=0,
        started_at=at,
        saved_at=at,
        expires_at=at,
        submitted_at=None,
    )
    return found_from(draft, known=known)


def keep_for() -> timedelta:
    """Return how long a draft is kept after it was last saved."""
    return timedelta(days=languages.settings().draft_days)


def to_ticket(draft: Draft) -> Response:
    """Send the reader to what became of the interview."""
    opened = queries.opened_ticket(web.reading(), draft.ticket_id) if draft.ticket_id else None
    if opened is None:
        return pages.go_to("home.show")
    return to_received(draft, opened.reference)


def to_received(draft: Draft, reference: str) -> Response:
    """Send a customer to the page that says what happens next, and an agent to the ticket, if they may see it."""
    actor = current_actor()
    if not actor.is_agent:
        return pages.go_to("tickets.show_received", reference=reference)
    pages.say(_("Sent for the customer. The number to tell them is %(reference)s.", reference=reference))
    if ticket_head(web.reading(), reference, actor) is None:
        return pages.go_to("desk.show_organisation", organisation_id=draft.organisation_id)
    return pages.go_to("desk.show_ticket", reference=reference)


def to_overview(draft: Draft) -> Response:
    """Send the reader to where interviews that are begun are listed."""
    if current_actor().is_agent:
        return pages.go_to("desk.show_phone_interviews", organisation_id=draft.organisation_id)
    return pages.go_to("home.show")


def is_by_phone(draft: Draft) -> bool:
    """Whether an agent fills this in, for somebody on the phone."""
    return draft.channel == PHONE and current_actor().is_agent


def to_page(draft_id: UUID, page: Page | None, **values: object) -> Response:
    """Send the reader to a page of the interview, or to checking the answers after the last."""
    if page is None:
        return pages.go_to("interviews.check", interview_id=draft_id)
    return pages.go_to("interviews.show_page", interview_id=draft_id, page_id=page.id, **values)


def where_to_go_on(found: Found) -> Page | None:
    """Return the page where the interview was left, or the first that still asks something."""
    left_at = next((page for page in found.run.path if page.id == found.draft.page), None)
    return left_at or found.run.next_page
