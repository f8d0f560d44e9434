"""A ticket's page for agents: what it is made of, and its forms, blank or as they were sent."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import abort, request
from sqlalchemy.orm import Session

from intake.kinds.steps import COLUMNS
from portal.core import clock, web
from portal.core.actor import Actor
from portal.desk import forms, queries
from portal.desk.forms import TicketForm
from portal.desk.views.answering import steps_of, words_of
from portal.desk.views.around import at_a_glance
from portal.desk.views.revisions import changes_of
from portal.phrasebook.forms import Wording
from portal.questionnaires.labels import Labels
from portal.teams.queries import names_of
from portal.tickets import documents, services
from portal.tickets.models import EventKind, TicketState
from portal.tickets.permissions import Action, targets
from portal.tickets.queries import TicketPage, ticket_page
from portal.tickets.queries.questions import questionnaire_of
from portal.tickets.services import Resolution
from portal.tickets.views.quoting import Part, choices_of
from portal.tickets.views.showing import quoted_in
from portal.ui import languages, pages, prose
from portal.ui.access import current_actor

FORMS: Mapping[str, type[TicketForm]] = {
    "reply": forms.UpdateForm,
    "note": forms.NoteForm,
    "moving": forms.MoveForm,
    "solving": forms.ResolutionForm,
    "stepping": forms.StepsForm,
    "priority": forms.PriorityForm,
    "verdict": forms.VerdictForm,
    "taking": forms.TakingForm,
    "reopening": forms.ReopeningForm,
    "verifying": forms.VerifyingForm,
}
"""Every form of the page under the prefix of its fields; each has an address of its own."""
_WITH_WORDS = (
    TicketState.IN_PROGRESS,
    TicketState.WAITING_CUSTOMER,
    TicketState.WAITING_INTERNAL,
    TicketState.WAITING_VENDOR,
    TicketState.FIX_SCHEDULED,
    TicketState.DUPLICATE,
    TicketState.CANCELLED,
)
"""Where an update may take a ticket; a solution has a form of its own."""
_QUIETLY = (TicketState.TRIAGED, TicketState.IN_PROGRESS, TicketState.WAITING_INTERNAL, TicketState.WAITING_VENDOR)
"""Where a ticket may go without a word to the customer."""


def show_page(
    reference: str,
    sent: TicketForm | None = None,
    *,
    is_stale: bool = False,
    before: int | None = None,
    wording: Wording | None = None,
) -> str:
    """Return a ticket's page; what was sent and refused stands in it as it was typed."""
    actor, session = current_actor(), web.reading()
    found = ticket_page(session, reference, actor, at=clock.now(), before=before)
    if found is None:
        abort(404)
    seen = sent.seen_version if sent is not None and is_stale else found.ticket.version
    if sent is not None:
        # What has changed is on the page now, so that sending it again is a decision.
        sent.version.data = str(found.ticket.version)
    else:
        _note_seen(found, actor)
    quoted = quoted_in(found)
    return pages.page(
        "desk/ticket.html",
        found=found,
        ticket=found.ticket,
        entries=list(reversed(found.entries)),
        forms=_forms(found, sent, quoted),
        quoted=quoted,
        changes=changes_of(session, found, languages.current_locale()),
        solution=_solution(found),
        agents=_agents(session, found),
        offered=queries.offered_times(session, found, at=clock.now()) if Action.UPDATE in found.actions else [],
        wording=wording,
        sent=sent,
        news=_since(found, seen),
        is_stale=is_stale,
        now=clock.now(),
        **at_a_glance(session, actor, found),
        **_described(session, found),
        **_who_called(session, found),
    )


def _note_seen(found: TicketPage, actor: Actor) -> None:
    """Note that support has read what the customer wrote, the first time that somebody does."""
    if any(each.is_customers and each.seen_at is None for each in found.entries):
        with web.changing() as session:
            services.note_seen(session, found.ticket.id, seq=found.entries[0].seq, by=actor, at=clock.now())


def _forms(found: TicketPage, sent: TicketForm | None, quoted: Mapping[str, Part]) -> dict[str, TicketForm]:
    """Return the form that was sent among blank ones that know the version they are made of."""
    made = {name: form(formdata=None, prefix=name) for name, form in FORMS.items()}
    for blank in made.values():
        blank.version.data = str(found.ticket.version)
    made["priority"]["priority"].data = found.ticket.priority.value
    _begin_reply(made["reply"], found, quoted)
    for name, form in FORMS.items():
        if type(sent) is form:
            made[name] = sent
    if isinstance(sent, forms.UpdateForm):
        sent.offer_parts(choices_of(quoted))
    state = found.ticket.state
    allowed = set(targets(state, by=current_actor()))
    for name, offered in (("reply", _WITH_WORDS), ("moving", _QUIETLY)):
        form = made[name]
        if isinstance(form, forms.MoveForm):
            form.offer([each for each in offered if each in allowed], now=state)
    return made


def _begin_reply(form: TicketForm, found: TicketPage, quoted: Mapping[str, Part]) -> None:
    """Put what the agent had begun to write into the form of an update."""
    if not isinstance(form, forms.UpdateForm):
        return
    begun = found.begun
    if begun:
        form.body.data, form.about.data, form.kept_at = begun.body, begun.about, begun.saved_at
    for asked, words in ((request.args.get("reply"), words_of), (request.args.get("article"), steps_of)):
        if asked:
            form.body.data = "\n\n".join(filter(None, (form.body.data, words(asked, found.ticket))))
    form.offer_parts(choices_of(quoted))


def _solution(found: TicketPage) -> Resolution | None:
    entry = found.resolution
    return Resolution.from_text(entry.body) if entry and entry.body else None


def _agents(session: Session, found: TicketPage) -> dict[str, str]:
    """Return what those are called to whom the ticket was given; only names that are not known yet are asked for."""
    known = {str(found.ticket.assignee_id): found.ticket.assignee_name or ""}
    given = {str(each.facts.get("agent_id") or "") for each in found.entries if each.kind is EventKind.ASSIGNED}
    missing = [UUID(each) for each in given - set(known) if each]
    return {**known, **{str(each): name for each, name in names_of(session, missing).items()}}


def _since(found: TicketPage, seen: int) -> list[Any]:
    """Return what happened since a version was seen: each change begins with one event."""
    number = max(0, found.ticket.version - seen)
    return list(reversed(found.entries[:number]))


def _described(session: Session, found: TicketPage) -> dict[str, Any]:
    """Return the problem as the desk reads it: answers, error text, steps, and why it has its priority."""
    document: Mapping[str, Any] = found.snapshot.document if found.snapshot else {}
    questionnaire = questionnaire_of(session, document)
    apart = {questionnaire.snapshot.get(path) for path in ("error", "steps")} if questionnaire else set()
    locale = languages.current_locale()
    is_call = document.get("schema") == "call-back/1"
    said = [] if is_call or not document else documents.described(session, document, locale)
    error = document.get("error")
    return {
        "said": [each for each in said if each.question_id not in apart],
        "error_pieces": list(prose.pieces(error.get("text", "") if isinstance(error, Mapping) else "")),
        "steps": _rows(document.get("steps")),
        "because": _because(found, document, Labels(questionnaire, locale) if questionnaire else None),
        "caller": queries.caller_of(document) if is_call else None,
        "called_about": str(document.get("what", "")) if is_call else "",
    }


def _rows(steps: object) -> Sequence[Mapping[str, str]]:
    rows = [row for row in steps if isinstance(row, Mapping)] if isinstance(steps, list) else []
    return [{column: str(row.get(column, "")) for column in COLUMNS} for row in rows]


def _because(found: TicketPage, document: Mapping[str, Any], labels: Labels | None) -> str:
    """Return the reason for the priority: the rule's, in the agent's language, until a person gave another."""
    triage = document.get("triage")
    if labels is None or not isinstance(triage, Mapping) or found.ticket.priority != triage.get("priority"):
        return found.ticket.because
    return labels.because(str(triage.get("rule")), str(triage.get("because", ""))).plain


def _who_called(session: Session, found: TicketPage) -> dict[str, Any]:
    """Return who may have asked for a call-back, as long as nobody has verified it."""
    if found.ticket.organisation_id is not None:
        return {"is_unverified": False, "candidates": (), "sought": ""}
    document = found.snapshot.document if found.snapshot else {}
    sought = request.args.get("who", "")[:100] or queries.caller_of(document).phone
    candidates = queries.contacts_like(session, current_actor(), sought)
    return {"is_unverified": True, "candidates": candidates, "sought": sought}
