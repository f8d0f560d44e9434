"""Sending an interview: its answers become a ticket at once, or a new revision of the ticket's snapshot."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from intake import snapshot
from intake.interview import Interview as Run
from intake.kinds import kind_of
from intake.kinds.error_text import text_of
from intake.kinds.files import files_of
from intake.plain import Json
from intake.questionnaire import Question
from intake.triage import triage
from portal.core import idempotency
from portal.core.actor import Actor
from portal.interviews.models import Interview
from portal.interviews.queries import Draft
from portal.interviews.services import issues
from portal.interviews.services.drafts import DraftError, finish
from portal.questionnaires.labels import Labels, fault_code, symptom_of
from portal.tickets.models import Priority, Ticket, TicketKind
from portal.tickets.services import Opening, open_ticket, revise_snapshot

_PURPOSE = "send-interview"
_LONGEST_TITLE = 140
_TELLING = ("longtext", "text")
_REQUEST = "request.kind"
"""Where the snapshot says what is wished for; a fault says nothing there."""
NO_CODES = ("other", "unknown")
"""Answers that name nothing that we know."""


@dataclass(frozen=True, slots=True)
class Sent:
    """An interview on its way: what was answered, and in which language."""

    draft: Draft
    run: Run
    labels: Labels
    once: str = ""
    """The key of a form that starts and sends an interview in one; one that was begun is a key of its own."""


def sent_before(session: Session, once: str, *, by: Actor) -> str | None:
    """Return the reference of the ticket that the same form has opened; ask in the transaction that sends."""
    earlier = idempotency.earlier_result(session, once, purpose=_PURPOSE, person_id=by.person_id)
    return None if earlier is None else str(earlier["reference"])


def send(session: Session, sent: Sent, *, by: Actor, at: datetime) -> str:
    """Open the ticket of an interview and return its reference.

    Raises DraftError where another window has sent the interview already.
    """
    said = issues.outcome_of(session, sent.draft, sent.run)
    ticket = open_ticket(session, opening=_opening(sent, said, at), by=by, at=at)
    issues.keep_outcome(session, sent.draft, said, ticket_id=ticket.id, at=at)
    if sent.run.emergency:
        _go_on_with_details(session, sent, ticket, at)
    else:
        finish(session, sent.draft, ticket_id=ticket.id, at=at)
    key = sent.once or str(sent.draft.id)
    result = {"reference": ticket.reference}
    idempotency.remember(session, key, purpose=_PURPOSE, person_id=by.person_id, result=result, at=at)
    return ticket.reference


def revise(session: Session, sent: Sent, *, by: Actor, at: datetime) -> None:
    """Put the details of an emergency into a new revision of its ticket's snapshot."""
    ticket = session.get_one(Ticket, sent.draft.ticket_id)
    revise_snapshot(session, ticket, document=_document(sent, at), by=by, at=at)


def _go_on_with_details(session: Session, sent: Sent, ticket: Ticket, at: datetime) -> None:
    following = sent.run.next_page
    gone_on = session.execute(
        update(Interview)
        .where(Interview.id == sent.draft.id, Interview.version == sent.draft.version, Interview.ticket_id.is_(None))
        .values(
            ticket_id=ticket.id,
            is_emergency=True,
            page=following.id if following else "",
            version=sent.draft.version + 1,
            saved_at=at,
        )
        .returning(Interview.id)
    ).scalar()
    if gone_on is None:
        raise DraftError("already-sent")


def _opening(sent: Sent, said: issues.Outcome | None, at: datetime) -> Opening:
    found = triage(sent.run.questionnaire, sent.run)
    return Opening(
        title=title_of(sent.run, sent.labels),
        kind=_kind(sent.run),
        severity=Priority(found.priority),
        document=_document(sent, at),
        organisation_id=sent.draft.organisation_id,
        contact_id=sent.draft.contact_id,
        product_code=_code(sent.run, "product"),
        module_code=_code(sent.run, "module"),
        fault_type=fault_type_of(sent.run),
        questionnaire=sent.run.questionnaire.id[:60],
        fingerprint=_fingerprint(sent.run),
        because=sent.labels.because(found.rule, found.because).text[:300],
        is_emergency=sent.run.emergency,
        channel=sent.draft.channel,
        # Whoever has a known problem joins it, and hears what is said about it.
        notice_id=said.notice_id if said and said.outcome == issues.SAME else sent.draft.notice_id,
        parent_id=sent.draft.follows_id,
        attachments=_files(sent.run),
    )


def _kind(run: Run) -> TicketKind:
    """Return what somebody has come with: a wish where the questionnaire asks which kind of request it is."""
    answer = run.live.get(run.questionnaire.snapshot.get(_REQUEST, ""))
    if answer is None:
        return TicketKind.PROBLEM
    return TicketKind.FEATURE if answer == TicketKind.FEATURE else TicketKind.SERVICE


def _document(sent: Sent, at: datetime) -> dict[str, Json]:
    return snapshot.build(
        sent.run, now=at, locale=sent.labels.locale, channel=sent.draft.channel, started_at=sent.draft.started_at
    )


def title_of(run: Run, labels: Labels) -> str:
    """Return the line by which people will know the problem: where it is, and what is seen there."""
    where, what = _where(run, labels), _what(run)
    return " – ".join(each for each in (where, what) if each)[:_LONGEST_TITLE] or labels.title.plain


def _where(run: Run, labels: Labels) -> str:
    """Return the module, or the product where no module was named."""
    for kind in ("module", "product"):
        for question in _live(run, kind):
            answer = run.live[question.id]
            if isinstance(answer, str) and answer not in NO_CODES:
                return labels.option(question, answer).plain
    return ""


def _what(run: Run) -> str:
    """Return the first line of the message, or of what the customer wrote, or what they saw at the last step."""
    for question in _live(run, "error_text"):
        lines = text_of(run.live[question.id]).strip().splitlines()
        if lines:
            return lines[0].strip()
    for question in _live(run, *_TELLING):
        return str(run.live[question.id]).strip().splitlines()[0]
    for question in _live(run, "steps"):
        parts = [part.text for part in kind_of(question).describe(question, run.live[question.id])]
        return parts[-1].strip().splitlines()[0] if parts else ""
    return ""


def _live(run: Run, *kinds: str) -> list[Question]:
    """Return the answered questions of some kinds, in the order in which they are asked."""
    questions = [run.questionnaire.question(each) for each in run.live]
    return [each for each in questions if each.type in kinds and kind_of(each).fits(run.live[each.id])]


def _code(run: Run, kind: str) -> str:
    codes = [run.live[each.id] for each in _live(run, kind)]
    return next((code for code in codes if isinstance(code, str) and code not in NO_CODES), "")[:60]


def fault_type_of(run: Run) -> str:
    """Return in which way it goes wrong, where the questionnaire asks that; empty where it doesn't, or nobody knows."""
    question = symptom_of(run.questionnaire)
    if question is None or question not in _live(run, "choice"):
        return ""
    answer = run.live[question.id]
    if not isinstance(answer, str) or answer in NO_CODES:
        return ""
    return fault_code(run.questionnaire, answer, has_product=bool(_code(run, "product")))[:60]


def _fingerprint(run: Run) -> str:
    for question in _live(run, "error_text"):
        answer = run.live[question.id]
        found = answer.get("fingerprints") if isinstance(answer, dict) else None
        if isinstance(found, list) and found:
            return str(found[0])[:80]
    return ""


def _files(run: Run) -> list[UUID]:
    return [UUID(str(each["id"])) for question in _live(run, "files") for each in files_of(run.live[question.id])]
