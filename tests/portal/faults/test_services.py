"""Faults go their way, and everybody whose ticket waits for a version is told when it is out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.catalogue.models import Release
from portal.core import clock
from portal.core.actor import Actor
from portal.core.db import Database
from portal.faults import queries, services
from portal.faults.models import Fault, FaultState, FaultTicket
from portal.faults.permissions import FaultError
from portal.faults.services import Move
from portal.outbox.models import OutboxMessage
from portal.phrasebook.models import KeptTerm
from portal.tickets import services as tickets
from portal.tickets.models import Ticket, TicketState
from portal.tickets.services import Resolution, StateChange
from tests.portal.board.test_deflecting import a_known_issue
from tests.portal.tickets.cast import Cast, a_cast, a_ticket

SOLUTION = Resolution(cause="A counter ran over", fix="It counts further now", prevention="A test counts along")


@pytest.fixture
def cast(session: Session) -> Cast:
    """Return people and a product."""
    return a_cast(session)


@pytest.fixture
def chen(cast: Cast) -> Actor:
    """Return the agent who acts."""
    return cast.actor(cast.agent)


@pytest.fixture
def browser(cast: Cast, signed_in: Callable[[Person], FlaskClient]) -> FlaskClient:
    """Return the agent's browser."""
    return signed_in(cast.session.get_one(Person, cast.agent.person_id))


def a_fault(database: Database, ticket: Ticket, by: Actor) -> str:
    """Open a fault for a ticket and plan it for 5.6.2."""
    with database.write() as session:
        fault = services.open_fault(
            session, session.get_one(Ticket, ticket.id), title="Overflow", by=by, at=clock.now()
        )
        for state in (FaultState.VERIFYING, FaultState.IN_REVIEW):
            services.move(session, fault, Move(state), by=by, at=clock.now())
        plan = Move(FaultState.PLANNED, target_version="5.6.2", solution=SOLUTION)
        services.move(session, fault, plan, by=by, at=clock.now())
        return fault.reference


def release(database: Database, version: str = "5.6.2", *, days: int = 0) -> None:
    with database.write() as session:
        out = clock.now() + timedelta(days=days)
        session.add(Release(product_code="his", version=version, published_at=out))
    with database.write() as session:
        services.go_on(session, at=clock.now())


def state_of(session: Session, ticket: Ticket) -> str:
    session.expire_all()
    return session.get_one(Ticket, ticket.id).state


def test_nothing_happens_before_the_version_is_out(
    database: Database, session: Session, cast: Cast, chen: Actor
) -> None:
    ticket = a_ticket(cast)
    a_fault(database, ticket, chen)
    release(database, "5.6.1")
    release(database, "5.6.2", days=2)
    assert state_of(session, ticket) == TicketState.NEW
    assert session.scalars(select(Fault.state)).one() == FaultState.PLANNED


def test_a_version_that_is_out_solves_the_tickets_that_wait_and_tells_their_customers_once(
    database: Database, session: Session, cast: Cast, chen: Actor
) -> None:
    joined, waiting, other = a_ticket(cast), a_ticket(cast), a_ticket(cast)
    a_fault(database, joined, chen)
    with database.write() as writing:
        change = StateChange(to=TicketState.FIX_SCHEDULED, words="In the next version", fix_version="5.6.2")
        tickets.change_state(writing, writing.get_one(Ticket, waiting.id), change=change, by=chen, at=clock.now())
    release(database)
    release(database, "5.6.3")
    assert [state_of(session, each) for each in (joined, waiting, other)] == ["resolved", "resolved", "new"]
    told = session.scalars(select(OutboxMessage.kind).where(OutboxMessage.kind == "ticket-solved")).all()
    assert len(told) == 2
    assert session.scalars(select(FaultTicket).where(FaultTicket.told_at.is_(None))).all() == []


def test_a_withdrawn_version_releases_nothing(database: Database, session: Session, cast: Cast, chen: Actor) -> None:
    ticket = a_ticket(cast)
    a_fault(database, ticket, chen)
    with database.write() as writing:
        at = clock.now()
        writing.add(Release(product_code="his", version="5.6.2", published_at=at, withdrawn_at=at))
        writing.flush()
        services.go_on(writing, at=at)
    assert state_of(session, ticket) == TicketState.NEW


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (Move(FaultState.RELEASED), "not-from-here"),
        (Move(FaultState.CLOSED), "no-words"),
        (Move(FaultState.PLANNED), "not-from-here"),
    ],
)
def test_a_step_that_may_not_follow_or_lacks_something_is_refused(
    session: Session, cast: Cast, chen: Actor, step: Move, code: str
) -> None:
    fault = services.open_fault(session, a_ticket(cast), title="Overflow", by=chen, at=clock.now())
    with pytest.raises(FaultError) as error:
        services.move(session, fault, step, by=chen, at=clock.now())
    assert error.value.code == code


def test_what_comes_back_after_its_release_counts_as_a_repeat(
    database: Database, session: Session, cast: Cast, chen: Actor
) -> None:
    reference = a_fault(database, a_ticket(cast), chen)
    release(database)
    later, again = clock.now() + timedelta(hours=1), a_ticket(cast)
    with database.write() as writing:
        fault = queries.find_fault(writing, chen, reference)
        assert fault is not None
        services.join(writing, fault, writing.get_one(Ticket, again.id), by=chen, at=later)
    found = queries.repeats(session, chen, at=later)
    assert (found.all, found.mended_before) == (2, 1)


def test_a_repeat_counts_on_when_the_fault_is_verified_and_released_anew(
    database: Database, session: Session, cast: Cast, chen: Actor, browser: FlaskClient
) -> None:
    reference = a_fault(database, a_ticket(cast), chen)
    release(database)
    again = a_ticket(cast)
    with clock.stopped_at(clock.now() + timedelta(hours=1)):
        page = browser.get(f"/desk/tickets/{again.reference}/fault").text
        assert f"{reference} Overflow (version 5.6.2 is out)" in page
        browser.post(f"/desk/tickets/{again.reference}/fault", data={"fault": reference, "came_back": "y"})
        with database.write() as writing:
            services.go_on(writing, at=clock.now())
        assert state_of(session, again) == TicketState.NEW
        fault = session.scalars(select(Fault)).one()
        assert (fault.state, fault.released_at) == (FaultState.VERIFYING, None)
        assert queries.repeats(session, chen, at=clock.now()).mended_before == 1
        assert again.reference in browser.get(f"/desk/faults/{reference}").text.partition("Its way so far")[2]


def test_who_joins_a_fault_whose_version_is_out_is_told_at_once(
    database: Database, session: Session, cast: Cast, chen: Actor, browser: FlaskClient
) -> None:
    reference = a_fault(database, a_ticket(cast), chen)
    release(database)
    late = a_ticket(cast)
    browser.post(f"/desk/tickets/{late.reference}/fault", data={"fault": reference})
    with database.write() as writing:
        services.go_on(writing, at=clock.now())
    assert state_of(session, late) == TicketState.RESOLVED


def test_a_ticket_that_waits_for_none_any_more_is_not_solved_by_the_version(
    database: Database, session: Session, cast: Cast, chen: Actor, browser: FlaskClient
) -> None:
    ticket = a_ticket(cast)
    assert "It waits for no fault any more" not in browser.get(f"/desk/tickets/{ticket.reference}/fault").text
    reference = a_fault(database, ticket, chen)
    assert "It waits for no fault any more" in browser.get(f"/desk/tickets/{ticket.reference}/fault").text
    for _ in range(2):
        answer = browser.post(f"/desk/tickets/{ticket.reference}/fault", data={"fault": "none"})
        assert answer.location == f"/desk/tickets/{ticket.reference}"
    assert ticket.reference not in browser.get(f"/desk/faults/{reference}").text
    release(database)
    assert state_of(session, ticket) == TicketState.NEW


def test_the_tickets_of_a_known_issue_are_solved_with_the_fault_of_one_of_them(
    database: Database, session: Session, cast: Cast, chen: Actor, browser: FlaskClient
) -> None:
    reported, alike, other = a_ticket(cast), a_ticket(cast), a_ticket(cast)
    notice = a_known_issue(cast)
    for each in (reported, alike):
        each.notice_id = notice.id
    session.commit()
    reference = a_fault(database, reported, chen)
    page = browser.get(f"/desk/faults/{reference}").text
    assert f'href="/desk/notices/{notice.code}"' in page
    assert "2 open tickets" in page
    assert "say in the notice that it is solved" not in page
    release(database)
    assert [state_of(session, each) for each in (reported, alike, other)] == ["resolved", "resolved", "new"]
    assert "say in the notice that it is solved" in browser.get(f"/desk/faults/{reference}").text


def test_a_fault_is_opened_from_a_ticket_and_moved_on_by_pages(browser: FlaskClient, cast: Cast) -> None:
    ticket = a_ticket(cast)
    assert browser.post(f"/desk/tickets/{ticket.reference}/fault", data={}).status_code == 422
    answer = browser.post(f"/desk/tickets/{ticket.reference}/fault", data={"title": "Overflow"})
    assert answer.status_code == 303
    assert "Overflow" in browser.get(answer.location).text
    assert ticket.reference in browser.get(answer.location).text
    assert browser.post(answer.location, data={"state": "closed"}).status_code == 422
    assert browser.post(answer.location, data={"state": "verifying"}).status_code == 303
    assert "Being verified" in browser.get("/desk/faults").text


def test_what_customers_will_read_is_checked_before_it_is_planned(
    session: Session, cast: Cast, browser: FlaskClient
) -> None:
    ticket = a_ticket(cast)
    address = browser.post(f"/desk/tickets/{ticket.reference}/fault", data={"title": "Overflow"}).location
    for state in ("verifying", "in_review"):
        browser.post(address, data={"state": state})
    planned = {
        "state": "planned",
        "target_version": "9.9",
        "cause": "A regression",
        "fix": "Mended",
        "prevention": "Checked",
    }
    asked = browser.post(address, data=planned)
    assert asked.status_code == 422
    assert "Customers may stumble over these words" in asked.text
    assert "<b>regression</b>" in asked.text
    assert 'id="kept_because-error"' in browser.post(address, data={**planned, "kept_because": "long " * 61}).text
    assert browser.post(address, data={**planned, "kept_because": "They use the word"}).status_code == 303
    session.rollback()
    assert [(each.term, each.ticket_id) for each in session.scalars(select(KeptTerm))] == [("regression", ticket.id)]


def test_told_is_said_only_where_somebody_was_told(
    database: Database, session: Session, cast: Cast, chen: Actor, browser: FlaskClient
) -> None:
    heard, alone, over = a_ticket(cast), a_ticket(cast, by=cast.colleague), a_ticket(cast)
    reference = a_fault(database, heard, chen)
    with database.write() as writing:
        fault = writing.scalars(select(Fault)).one()
        for each in (alone, over):
            services.join(writing, fault, writing.get_one(Ticket, each.id), by=chen, at=clock.now())
        gone = StateChange(to=TicketState.CANCELLED)
        tickets.change_state(writing, writing.get_one(Ticket, over.id), change=gone, by=chen, at=clock.now())
        writing.get_one(Person, cast.colleague.person_id).active = False
    release(database)
    session.expire_all()
    nobody = dict(session.execute(select(FaultTicket.ticket_id, FaultTicket.told_nobody)).all())
    assert nobody == {heard.id: False, alone.id: True, over.id: True}
    page = browser.get(f"/desk/faults/{reference}").text
    assert (page.count("told that it is out"), page.count("is out, nobody was there to be told")) == (1, 2)


def test_a_ticket_that_was_told_has_nothing_to_pass_on(
    database: Database, session: Session, cast: Cast, chen: Actor
) -> None:
    ticket, other = a_ticket(cast), a_ticket(cast)
    a_fault(database, ticket, chen)
    release(database)
    with database.write() as writing:
        one, another = (writing.get_one(Ticket, each.id) for each in (ticket, other))
        services.pass_on(writing, one, another, by=chen, at=clock.now())
    assert session.scalars(select(FaultTicket.ticket_id)).all() == [ticket.id]
