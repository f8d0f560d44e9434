"""A ticket's page for agents."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from intake.loading import load_file
from portal.core import clock
from portal.core.actor import SYSTEM
from portal.core.db import Database
from portal.files.models import StoredFile
from portal.files.storage import FolderStorage
from portal.questionnaires import services as questionnaires
from portal.questionnaires.shipped import SHIPPED
from portal.settings import Settings
from portal.tickets import services
from portal.tickets.models import Event, Priority, Ticket, TicketState, WaitReason
from tests.factories import an_agent, an_organisation, limit_agent
from tests.portal.desk.scene import As, statements
from tests.portal.tickets.cast import Cast, a_ticket

PROBLEM = {
    "schema": "problem-snapshot/1",
    "product": {"code": "his", "version": "5.5.1"},
    "impact": {"scope": "hospital"},
    "triage": {"priority": "P2", "rule": "p2-hospital", "because": "the whole hospital is affected"},
    "error": {"text": "ORD-1407 patient [name 1]"},
    "steps": [{"did": "Press {key:F7}", "expected": "A list", "saw": "Nothing"}, {"did": "Wait"}],
}


@pytest.fixture
def document(session: Session) -> dict[str, object]:
    """Return a snapshot of the questionnaire that is shipped."""
    published = questionnaires.publish(session, load_file(SHIPPED[0]), by=SYSTEM, at=clock.now())
    session.commit()
    return {**PROBLEM, "questionnaire": {"id": published.key, "version": published.number, "sha256": published.sha256}}


def test_it_shows_the_conversation_with_notes_marked(cast: Cast, desk: FlaskClient) -> None:
    ticket, agent = a_ticket(cast), cast.actor(cast.agent)
    services.add_update(cast.session, ticket, update=services.Update("We look into it."), by=agent, at=clock.now())
    services.add_note(cast.session, ticket, body="Ask first.", by=agent, at=clock.now())
    page = desk.get(f"/desk/tickets/{ticket.reference}")
    assert page.status_code == 200
    assert page.text.index("We look into it.") < page.text.index("Ask first.")
    assert '<article class="says says--us"' in page.text
    assert "Internal note · Chen Li" in page.text
    assert "Promised by 10:17, done at 10:02" in page.text


def test_the_snapshot_stands_beside_it(cast: Cast, desk: FlaskClient, document: dict[str, object]) -> None:
    ticket = a_ticket(cast, document=document, severity=Priority.P2)
    page = desk.get(f"/desk/tickets/{ticket.reference}").text
    assert "Who is affected?" in page
    assert "The whole hospital" in page
    assert 'ORD-1407 patient <mark class="mask">name</mark>' in page
    assert '<p>Press <kbd class="key">F7</kbd></p>' in page
    assert "Saw: Nothing" in page
    assert "the whole hospital is affected" in page
    assert page.count("ORD-1407") == 1


def test_it_says_why_in_the_agents_own_language(cast: Cast, desk: FlaskClient, document: dict[str, object]) -> None:
    ticket = a_ticket(cast, document=document, severity=Priority.P2, because="整个医院都受影响")
    desk.set_cookie("locale", "zh_Hant")
    page = desk.get(f"/desk/tickets/{ticket.reference}").text
    assert "為什麼是 P2" in page
    assert "整个医院都受影响" not in page


def test_it_says_where_the_ball_is(cast: Cast, desk: FlaskClient) -> None:
    ticket, agent = a_ticket(cast), cast.actor(cast.agent)
    change = services.StateChange(to=TicketState.WAITING_INTERNAL, words="We check.", reason=WaitReason.REVIEW)
    services.change_state(cast.session, ticket, change=change, by=agent, at=clock.now())
    page = desk.get(f"/desk/tickets/{ticket.reference}").text
    assert "In review" in page
    question = services.StateChange(to=TicketState.WAITING_CUSTOMER, words="Which ward is it?")
    services.change_state(cast.session, ticket, change=question, by=agent, at=clock.now())
    page = desk.get(f"/desk/tickets/{ticket.reference}").text
    assert '<p class="ball__note">Which ward is it?</p>' in page


@pytest.mark.parametrize("state", list(TicketState))
@pytest.mark.slow
def test_it_opens_in_every_state(cast: Cast, desk: FlaskClient, state: TicketState) -> None:
    ticket = a_ticket(cast)
    ticket.state = state
    cast.session.commit()
    assert desk.get(f"/desk/tickets/{ticket.reference}").status_code == 200


def test_it_has_words_for_everything_that_can_happen(cast: Cast, desk: FlaskClient) -> None:
    ticket, agent, tang = a_ticket(cast), cast.actor(cast.agent), cast.actor(cast.tang)
    session, at = cast.session, clock.now()
    services.assign(session, ticket, agent_id=cast.agent.id, by=agent, at=at)
    services.prioritise(session, ticket, priority=Priority.P2, because="A patient waits", by=agent, at=at)
    services.share(session, ticket, contact_id=cast.colleague.id, by=tang, at=at)
    services.unshare(session, ticket, contact_id=cast.colleague.id, by=tang, at=at)
    services.escalate(session, ticket, words="Worse now", has_work_stopped=True, by=tang, at=at)
    services.revise_snapshot(session, ticket, document=PROBLEM, by=tang, at=at)
    services.mark_missed(session, ticket, at=at + timedelta(hours=9))
    words = services.Resolution("A full disk", "We cleared it", "It is watched now")
    services.resolve(session, ticket, resolution=words, by=agent, at=at)
    services.reopen(session, ticket, by=tang, at=at)
    page = desk.get(f"/desk/tickets/{ticket.reference}").text
    for said in (
        "Took the ticket.",
        "Changed the priority from P3 to P2.",
        "Let Liu Wei in.",
        "No longer lets Liu Wei in.",
        "It got worse: work has stopped.",
        "Added details to the description.",
        "A promise was missed.",
        "A full disk",
        "Opened it again.",
    ):
        assert said in page


def test_a_long_conversation_comes_in_parts(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    for number in range(33):
        services.add_note(
            cast.session, ticket, body=f"Note number {number}.", by=cast.actor(cast.agent), at=clock.now()
        )
    page = desk.get(f"/desk/tickets/{ticket.reference}").text
    assert "Note number 32." in page
    assert "Note number 1." not in page
    assert "Note number 1." in desk.get(f"/desk/tickets/{ticket.reference}?before=5").text
    assert desk.get(f"/desk/tickets/{ticket.reference}?before={'9' * 30}").status_code == 200


def test_an_agent_gets_the_files_of_notes_too(cast: Cast, desk: FlaskClient, settings: Settings) -> None:
    ticket = a_ticket(cast)
    file_id = a_file(cast, ticket, settings)
    with desk.get(f"/desk/tickets/{ticket.reference}/files/{file_id}") as answer:
        assert answer.status_code == 200
        assert answer.data == b"line 1"
    assert "trace.log" in desk.get(f"/desk/tickets/{ticket.reference}").text
    assert desk.get(f"/desk/tickets/{ticket.reference}/files/{uuid4()}").status_code == 404


def a_file(cast: Cast, ticket: Ticket, settings: Settings) -> UUID:
    file = StoredFile(
        name="trace.log",
        size=6,
        media_type="text/plain",
        sha256="0" * 64,
        storage_key=FolderStorage(Path(settings.files_folder)).put(b"line 1"),
        created_at=clock.now(),
    )
    cast.session.add(file)
    cast.session.flush()
    agent, at = cast.actor(cast.agent), clock.now()
    services.add_note(cast.session, ticket, body="A log.", by=agent, at=at, attachments=[file.id])
    cast.session.commit()
    return file.id


@pytest.mark.parametrize("rows", [0, 1, 20])
def test_it_costs_at_most_twelve_statements_however_long_it_is(
    cast: Cast, desk: FlaskClient, database: Database, document: dict[str, object], rows: int
) -> None:
    ticket = a_ticket(cast, document=document)
    for number in range(rows):
        services.add_note(cast.session, ticket, body=f"Note {number}.", by=cast.actor(cast.agent), at=clock.now())
    assert statements(database, lambda: desk.get(f"/desk/tickets/{ticket.reference}")) <= 12


def test_a_limited_agent_does_not_learn_that_another_ticket_exists(cast: Cast, as_: As) -> None:
    limited = an_agent(cast.session, "Zhou Lan")
    limit_agent(cast.session, limited, organisations=(an_organisation(cast.session, "Yunling"),))
    ticket, browser = a_ticket(cast), as_(limited)
    theirs, missing = (browser.get(f"/desk/tickets/{each}") for each in (ticket.reference, "T-2026-999999"))
    assert (theirs.status_code, missing.status_code) == (404, 404)


def test_customers_stay_outside(cast: Cast, as_: As) -> None:
    ticket = a_ticket(cast)
    assert as_(cast.tang).get(f"/desk/tickets/{ticket.reference}").status_code == 403


def test_whoever_is_signed_out_goes_to_sign_in(cast: Cast, client: FlaskClient) -> None:
    answer = client.get(f"/desk/tickets/{a_ticket(cast).reference}")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/sign-in")


def test_nothing_on_it_is_changed_by_looking(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    desk.get(f"/desk/tickets/{ticket.reference}")
    assert cast.session.query(Event).filter_by(ticket_id=ticket.id).count() == 1
