"""What could not be delivered, on the desk."""

from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.db import Database
from portal.outbox.models import Job, OutboxMessage
from portal.outbox.services import add_job
from tests.factories import an_agent, an_organisation, limit_agent
from tests.portal.desk.scene import As, statements
from tests.portal.tickets.cast import Cast, a_ticket


def give_up(session: Session, row: OutboxMessage | Job, error: str) -> UUID:
    """Let a message or job be given up."""
    row.dead_at, row.attempts, row.last_error = clock.now(), 15, error
    session.commit()
    return row.id


def a_dead_letter(cast: Cast, error: str = "RefusedError: 550 no such user") -> UUID:
    """Make a message that nobody received."""
    a_ticket(cast)
    return give_up(cast.session, cast.session.query(OutboxMessage).filter_by(dead_at=None).one(), error)


def test_it_says_that_all_is_delivered(desk: FlaskClient) -> None:
    page = desk.get("/desk/outbox")
    assert page.status_code == 200
    assert "Everything has been delivered." in page.text


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("RefusedError: the mail server refused: 550", "the address may be wrong"),
        ("ConnectionRefusedError: [Errno 111]", "could not be reached for many hours"),
        ("SMTPAuthenticationError: (535, b'no')", "did not accept our name and password"),
        ("GiveUpError: nobody makes 'x'", "does not know how to make this"),
        ("KeyError: 'x'", "Something went wrong on our side"),
    ],
)
def test_it_says_why_in_plain_words(cast: Cast, desk: FlaskClient, error: str, words: str) -> None:
    a_dead_letter(cast, error)
    page = desk.get("/desk/outbox").text
    assert words in page
    assert "Ticket received" in page
    assert "to Tang Xiuying" in page
    assert 'href="/desk/tickets/T-2026-000001"' in page


def test_it_is_tried_again(cast: Cast, desk: FlaskClient) -> None:
    letter = a_dead_letter(cast)
    for _ in range(2):
        assert desk.post(f"/desk/outbox/{letter}/retry").status_code == 303
    cast.session.expire_all()
    row = cast.session.get_one(OutboxMessage, letter)
    assert (row.dead_at, row.attempts) == (None, 0)
    assert "Everything has been delivered." in desk.get("/desk/outbox").text


def test_a_job_is_tried_again(session: Session, desk: FlaskClient) -> None:
    job = give_up(session, add_job(session, "pdf", {}, dedupe_key="pdf:1", at=clock.now()), "GiveUpError: no")
    assert "pdf" in desk.get("/desk/outbox").text
    assert desk.post(f"/desk/outbox/{job}/retry").status_code == 303
    session.expire_all()
    assert session.get_one(Job, job).dead_at is None


def test_a_limited_agent_sees_only_what_was_for_their_own(cast: Cast, as_: As) -> None:
    letter = a_dead_letter(cast)
    stranger, theirs = an_agent(cast.session, "Zhou Lan"), an_agent(cast.session, "Wu Fang")
    limit_agent(cast.session, stranger, organisations=(an_organisation(cast.session, "Yunling"),))
    limit_agent(cast.session, theirs, organisations=(cast.organisation,))
    assert "Tang Xiuying" not in as_(stranger).get("/desk/outbox").text
    assert as_(stranger).post(f"/desk/outbox/{letter}/retry").status_code == 404
    assert "Tang Xiuying" in as_(theirs).get("/desk/outbox").text
    assert as_(theirs).post(f"/desk/outbox/{letter}/retry").status_code == 303


@pytest.mark.parametrize("rows", [0, 1, 20])
def test_it_costs_the_same_however_much_there_is(cast: Cast, desk: FlaskClient, database: Database, rows: int) -> None:
    for _ in range(rows):
        a_dead_letter(cast)
    assert statements(database, lambda: desk.get("/desk/outbox")) == 4


def test_what_is_not_there_is_not_found(desk: FlaskClient) -> None:
    assert desk.post(f"/desk/outbox/{uuid4()}/retry").status_code == 404


def test_it_is_for_agents_and_changes_nothing_by_looking(cast: Cast, as_: As, client: FlaskClient) -> None:
    letter = a_dead_letter(cast)
    assert as_(cast.manager).get("/desk/outbox").status_code == 403
    assert as_(cast.manager).post(f"/desk/outbox/{letter}/retry").status_code == 403
    assert client.get("/desk/outbox").status_code == 303
    assert client.post(f"/desk/outbox/{letter}/retry").status_code == 303
    assert as_(cast.agent).get(f"/desk/outbox/{letter}/retry").status_code == 405
