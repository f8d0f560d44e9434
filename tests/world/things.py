"""What there is in the world: tickets, drafts, files, notices, invitations, each with a word that gives it away."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.answers import Answers
from intake.loading import load_file
from portal.accounts import services as accounts
from portal.accounts.models import Organisation
from portal.administration import services as administration
from portal.administration.models import ImportState, Register
from portal.administration.services import Received
from portal.administration.services.taking.records import Record
from portal.administration.services.taking.rows import write_rows
from portal.board import services as board
from portal.catalogue.models import Release
from portal.chat import services as chat
from portal.chat.models import ChatService
from portal.chat.services import Robot
from portal.core import clock
from portal.core.actor import SYSTEM, Actor, Role
from portal.faults import services as faults
from portal.files.models import StoredFile
from portal.files.storage import FolderStorage
from portal.interviews import services as interviews
from portal.interviews.models import DraftFile, Interview
from portal.interviews.services import call_backs
from portal.knowledge import services as knowledge
from portal.knowledge.services import About, Written
from portal.knowledge.services import Step as StepToDo
from portal.notices import services as notices
from portal.notices.models import ActionNeeded, AudienceKind, CheckItem, Notice, NoticeKind, NoticeScope, Step, Words
from portal.outbox.models import Job, OutboxMessage
from portal.outbox.sealing import unseal
from portal.questionnaires import services as questionnaires
from portal.questionnaires.shipped import SHIPPED
from portal.summaries.models import ServiceSummary
from portal.summaries.queries import figures
from portal.tickets import services as tickets
from portal.tickets.models import Audience, Priority, Ticket
from portal.tickets.services.actions import Agreed
from portal.tickets.services.feeds import feed_token, make_feed_link
from portal.visits import services as visits
from portal.visits.models import VisitAction
from tests.world.people import People

SECRET_KEY = "for-tests-only-" * 4
_KEEP = timedelta(days=30)


def word(name: str) -> str:
    """Return the word that gives a thing away wherever it is shown."""
    return f"zz-{name}-zz"


def a_file(session: Session, store: FolderStorage, name: str, owner: Actor) -> StoredFile:
    """Lay a small text file on the store."""
    row = StoredFile(
        organisation_id=owner.organisation_id,
        person_id=owner.person_id,
        name=f"{word(name)}.txt",
        media_type="text/plain",
        size=4,
        sha256=name.ljust(64, "0"),
        storage_key=store.put(word(name).encode()),
        created_at=clock.now(),
    )
    session.add(row)
    session.flush()
    return row


def a_ticket(session: Session, people: People, name: str, by: str, **values: Any) -> Ticket:
    """Open a ticket with a reply, an update and a note of its own."""
    actor, agent = people.actor(session, by), people.actor(session, "agent")
    opening = tickets.Opening(
        **{
            "title": f"Title {word(name)}",
            "severity": Priority.P3,
            "document": {"schema": "problem-snapshot/1", "product": {"product": "his"}, "impact": {"scope": "ward"}},
            "organisation_id": actor.organisation_id,
            "contact_id": actor.contact_id,
            "product_code": "his",
            **values,
        }
    )
    at = clock.now()
    ticket = tickets.open_ticket(session, opening=opening, by=actor, at=at)
    tickets.assign(session, ticket, agent_id=agent.agent_id, by=agent, at=at)
    tickets.add_update(session, ticket, update=tickets.Update(f"Update {word(name)}"), by=agent, at=at)
    tickets.add_update(session, ticket, update=tickets.Update(f"Reply {word(name)}"), by=actor, at=at)
    tickets.add_note(session, ticket, body=f"Note {word(name + '-note')}", by=agent, at=at)
    return ticket


def attach(session: Session, store: FolderStorage, people: People, ticket: Ticket, name: str) -> dict[str, StoredFile]:
    """Put one file into the conversation and one beside a note."""
    actor, agent, at = people.actor(session, name), people.actor(session, "agent"), clock.now()
    shown, kept = a_file(session, store, f"{name}-file", actor), a_file(session, store, f"{name}-note-file", agent)
    tickets.add_update(session, ticket, update=tickets.Update("See file", [shown.id]), by=actor, at=at)
    tickets.add_note(session, ticket, body="See file", by=agent, at=at, attachments=[kept.id])
    return {Audience.CUSTOMER: shown, Audience.INTERNAL: kept}


def a_visit(session: Session, people: People, ticket: Ticket, name: str) -> str:
    """Write a visit down; returns the id of what was agreed on it."""
    at = clock.now()
    agreed = [Agreed(f"Bring {word(name)}", (at + timedelta(days=3)).date())]
    report = visits.Report(at.date(), "Chen Agent", f"Found {word(name)}", agreed)
    visits.record_visit(session, ticket, report=report, by=people.actor(session, "agent"), at=at)
    return str(session.scalars(select(VisitAction.id).where(VisitAction.ticket_id == ticket.id)).one())


def a_call_back(session: Session) -> str:
    """Ask for a call-back as somebody unknown; returns the ticket's id."""
    call = call_backs.CallBack(f"All is down {word('call')}", "13800000000", word("caller"), word("callers-house"))
    return call_backs.ask(session, call, once="world-call", because="somebody called", at=clock.now())


def a_draft(session: Session, people: People, version_id: Any, by: str) -> Interview:
    """Start an interview and answer everything, so that each of its pages can be opened; an agent does on the phone."""
    caller = people.contacts["customer"]
    on_phone = interviews.Caller(caller.id, caller.organisation_id) if by == "phone" else None
    beginning = interviews.Beginning(version_id, on_behalf=on_phone)
    actor = people.actor(session, "agent" if on_phone else by)
    row = interviews.start(session, beginning, by=actor, keep=_KEEP, at=clock.now())
    answers = {
        "product": "his",
        "version": "5.5.1",
        "module": "orders",
        "blocked": "workaround",
        "scope": "dept",
        "patient_now": "no",
        "error_text": {"none": True},
        "input_method": "no",
        "steps": [{"did": f"Open {word(by + '-draft')}", "expected": "A list", "saw": "An empty page"}],
        "callback": "010-5555-0199",
    }
    row.answers = Answers(answers).as_document()
    row.visited = ["where", "impact", "reach", "message", "try", "show", "who"]
    session.flush()
    return row


def a_draft_file(session: Session, store: FolderStorage, people: People, draft: Interview, by: str) -> StoredFile:
    """Add a file to a draft."""
    row = a_file(session, store, f"{by}-draft-file", people.actor(session, by))
    session.add(DraftFile(file_id=row.id, interview_id=draft.id, question_id="files"))
    session.flush()
    return row


def publish_questionnaires(session: Session) -> Any:
    """Publish what is shipped; returns the version of the first."""
    rows = [questionnaires.publish(session, load_file(Path(path)), by=SYSTEM, at=clock.now()) for path in SHIPPED]
    return rows[0].id


def a_notice(
    session: Session, people: People, name: str, scope: NoticeScope, only: Organisation | None = None
) -> Notice:
    """Write a notice; it stays a draft."""
    author, at = people.actor(session, "agent"), clock.now()
    facts = notices.Facts(
        kind=NoticeKind.ADVISORY,
        scope=scope,
        action=ActionNeeded.REQUIRED,
        act_by=(at + timedelta(days=10)).date(),
        expires_on=(at + timedelta(days=30)).date(),
        audience={AudienceKind.ORGANISATION: [str(only.id)]} if only else None,
        source_language="en",
    )
    notice = notices.start_notice(session, facts, by=author, at=at, code=f"N-2026-{name}")
    words = Words(
        what=f"What {word(name)}",
        who="Everybody",
        do="Look",
        steps=(Step("Open it", "It is green"),),
        checklist=(CheckItem("", "Look"),),
    )
    for language in ("en", "zh_Hans", "zh_Hant"):
        notices.save_text(session, notice, language, notices.Draft(f"Notice {word(name)}", words), by=author)
    return notice


def publish(session: Session, people: People, notice: Notice) -> None:
    """Take a notice through review to its readers."""
    author, second, at = people.actor(session, "agent"), people.actor(session, "second"), clock.now()
    notices.send_to_review(session, notice, by=author, today=at.date())
    for language in ("zh_Hans", "zh_Hant"):
        notices.review_text(session, notice, language, by=second)
    notices.approve(session, notice, by=second, at=at, today=at.date())
    notices.publish(session, notice, by=author, at=at, today=at.date())


def print_papers(session: Session, store: FolderStorage, people: People) -> None:
    """Do what the worker would: lay a sheet of each published notice on the store."""
    for job in session.scalars(select(Job).where(Job.kind == "pdf")):
        paper = a_file(session, store, "paper", people.actor(session, "agent"))
        job.done_at, job.result = clock.now(), {"file_id": str(paper.id), "pages": 1}


def a_dead_letter(session: Session, person_id: UUID) -> str:
    """Give up the first message for somebody; returns its id."""
    found = session.scalars(
        select(OutboxMessage).where(OutboxMessage.person_id == person_id, OutboxMessage.dead_at.is_(None))
    ).first()
    assert found is not None
    found.dead_at, found.attempts, found.last_error = clock.now(), 9, "TimeoutError: no answer"
    return str(found.id)


def an_invitation(session: Session, people: People, name: str, organisation: Organisation) -> tuple[str, str]:
    """Invite somebody; returns the invitation's id and the secret of its link."""
    guest = accounts.Guest(email=f"guest-{name}@hospital.example", name=word(f"guest-{name}"), role=Role.CONTACT)
    by = people.actor(session, "admin")
    row = accounts.invite(session, organisation, guest, secret_key=SECRET_KEY, by=by, at=clock.now())
    session.flush()
    sealed = session.scalars(select(OutboxMessage.secret).where(OutboxMessage.subject_id == row.id)).one()
    assert sealed is not None
    return str(row.id), unseal(sealed, SECRET_KEY)


def a_summary(session: Session, organisation: Organisation) -> str:
    """Make a service summary of last week."""
    begin, end = date(2026, 4, 13), date(2026, 4, 20)
    moments = {"begin": clock.now() - timedelta(days=8), "end": clock.now() - timedelta(days=1)}
    found = figures(session, organisation.id, **moments)
    row = ServiceSummary(
        organisation_id=organisation.id, begins_on=begin, ends_on=end, figures=found, made_at=clock.now()
    )
    session.add(row)
    session.flush()
    return str(row.id)


def a_chat_group(session: Session, organisation: Organisation) -> str:
    """Connect a chat group."""
    robot = Robot(ChatService.WECOM, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k", "", "en")
    row = chat.connect(session, organisation.id, robot=robot, by=SYSTEM, at=clock.now(), secret_key="k" * 40)
    return str(row.id)


def a_feed(session: Session, people: People, name: str) -> str:
    """Give somebody a calendar feed; returns the secret of its address."""
    link = make_feed_link(session, secret_key=SECRET_KEY, by=people.actor(session, name), at=clock.now())
    session.flush()
    return feed_token(link.id, SECRET_KEY)


def an_article(session: Session, people: People, name: str) -> str:
    """Write an article; one of them a second person publishes."""
    writer, second = people.actor(session, "agent"), people.actor(session, "second")
    article = knowledge.start(session, About("his", "orders"), by=writer, at=clock.now())
    written = Written(f"How to print, {name}", "Nothing comes out", [StepToDo("Press {key:F7}", "A sheet comes out")])
    knowledge.write(session, article, "en", written, by=writer, at=clock.now())
    if name == "published":
        knowledge.publish(session, article, review_on=date(2027, 4, 1), by=second, at=clock.now())
    session.flush()
    return str(article.id)


def a_fault(session: Session, people: People, ticket: Ticket) -> str:
    """Open a fault for a ticket."""
    by = people.actor(session, "agent")
    return faults.open_fault(session, ticket, title="A counter runs over", by=by, at=clock.now()).reference


def a_report(session: Session, people: People) -> str:
    """Make the report of an organisation's month."""
    by, month = people.actor(session, "agent"), date(2026, 3, 1)
    row = board.make_report(session, month, organisation_id=people.ours.id, by=by, at=clock.now())
    return str(row.id)


def a_release(session: Session) -> str:
    """Add a version that is out."""
    row = Release(product_code="his", version="5.6.2", published_at=clock.now())
    session.add(row)
    session.flush()
    return str(row.id)


def a_list(session: Session, store: FolderStorage, people: People) -> str:
    """Send a list in that has been looked through."""
    kept = write_rows(Register.ORGANISATIONS, ["name"], [Record(2, ["Gulou Hospital"]), Record(3, ["Xihu Clinic"])])
    received = Received(Register.ORGANISATIONS, store.put(kept), len(kept), 2)
    row = administration.receive(session, received, by=people.actor(session, "admin"), at=clock.now())
    row.state, row.place, row.added = ImportState.CHECKED, len(kept), 2
    session.flush()
    return str(row.id)
