"""What goes on in the other ticket when one ends as the same: readers, promises, its notice, its fault."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.core import clock
from portal.desk.services.merging import merge
from portal.faults import services as faults
from portal.faults.models import FaultTicket
from portal.faults.permissions import FaultError
from portal.outbox.models import OutboxMessage
from portal.tickets import services
from portal.tickets.models import Participant, Priority, Ticket, TicketState
from portal.tickets.services import LinkError, StateChange
from tests.portal.board.test_deflecting import a_known_issue
from tests.portal.desk.scene import As, a_call_back, keys, kinds, now_of
from tests.portal.tickets.cast import Cast, a_ticket


def let_go_on(cast: Cast, ticket: Ticket, other: Ticket) -> None:
    change = StateChange(to=TicketState.DUPLICATE, words="We go on there", parent_id=other.id)
    merge(cast.session, ticket, change=change, by=cast.actor(cast.agent), at=clock.now())
    cast.session.commit()


@pytest.mark.parametrize("way", ["same", "reply"])
def test_a_ticket_of_another_organisation_is_never_the_same(
    cast: Cast, session: Session, desk: FlaskClient, way: str
) -> None:
    ticket = a_ticket(cast, by=cast.stranger, severity=Priority.P1, is_emergency=True)
    other = a_ticket(cast)
    if way == "same":
        sent = {"same-other": other.reference, "same-words": "Known", "same-once": "k"}
        answer = desk.post(f"/desk/tickets/{ticket.reference}/same", data=sent)
    else:
        sent = {"reply-body": "Known", "reply-state": "duplicate", "reply-parent": other.reference}
        sent |= keys(desk, ticket, "reply")
        answer = desk.post(f"/desk/tickets/{ticket.reference}/updates", data=sent)
    assert answer.status_code == 422
    assert "The two are not of the same organisation" in answer.text
    assert "join both to one notice" in answer.text
    assert "Known</textarea>" in answer.text
    now = now_of(session, ticket)
    assert (now.state, now.parent_id) == (TicketState.NEW, None)
    assert now.next_due_at is not None
    assert [kinds(session, each) for each in (ticket, other)] == [["opened"], ["opened"]]


def test_nor_is_a_call_that_nobody_has_verified(cast: Cast, session: Session) -> None:
    with pytest.raises(LinkError) as error:
        let_go_on(cast, a_call_back(session), a_call_back(session, phone="139 0000 0008"))
    assert error.value.code == "elsewhere"


@pytest.mark.parametrize("end", [TicketState.CANCELLED, TicketState.RESOLVED])
def test_nothing_goes_on_in_a_ticket_that_is_over(
    cast: Cast, session: Session, desk: FlaskClient, end: TicketState
) -> None:
    ticket, other = a_ticket(cast), a_ticket(cast)
    by, at = cast.actor(cast.agent), clock.now()
    if end is TicketState.RESOLVED:
        solution = services.Resolution("A", "B", "C")
        services.resolve(session, session.get_one(Ticket, other.id), resolution=solution, by=by, at=at)
    else:
        services.change_state(session, other, change=StateChange(to=end), by=by, at=at)
    session.commit()
    sent = {"same-other": other.reference, "same-words": "There", "same-once": "k"}
    answer = desk.post(f"/desk/tickets/{ticket.reference}/same", data=sent)
    assert answer.status_code == 422
    assert "Nothing goes on in that ticket" in answer.text
    assert now_of(session, ticket).state == TicketState.NEW


def test_whoever_reads_the_one_is_let_in_on_the_other_and_told_its_number(
    cast: Cast, session: Session, as_: As
) -> None:
    ticket, other = a_ticket(cast, by=cast.colleague), a_ticket(cast, by=cast.manager)
    by = cast.actor(cast.colleague)
    services.share(session, ticket, contact_id=cast.tang.id, by=by, at=clock.now())
    let_go_on(cast, ticket, other)
    let_in = session.scalars(select(Participant.contact_id).where(Participant.ticket_id == other.id)).all()
    assert sorted(let_in) == sorted([cast.colleague.id, cast.tang.id])
    for who in (cast.colleague, cast.tang):
        assert as_(who).get(f"/tickets/{other.reference}").status_code == 200
        shown = as_(who).get(f"/tickets/{ticket.reference}").text
        assert f'<a href="/tickets/{other.reference}">' in shown
        assert "What is promised stands there" in shown
    assert "Shared this with Liu Wei." in as_(cast.manager).get(f"/tickets/{other.reference}").text


def test_nobody_is_let_in_twice_nor_who_is_gone(cast: Cast, session: Session) -> None:
    ticket, other = a_ticket(cast, by=cast.colleague), a_ticket(cast)
    at, by = clock.now(), cast.actor(cast.tang)
    services.share(session, other, contact_id=cast.colleague.id, by=by, at=at)
    let_go_on(cast, ticket, other)
    assert len(session.scalars(select(Participant).where(Participant.ticket_id == other.id)).all()) == 1
    another = a_ticket(cast, by=cast.manager)
    session.get_one(Person, cast.manager.person_id).active = False
    let_go_on(cast, another, other)
    assert len(session.scalars(select(Participant).where(Participant.ticket_id == other.id)).all()) == 1


def test_who_was_taken_off_the_other_is_let_in_again_only_where_it_was_their_report(
    cast: Cast, session: Session
) -> None:
    ticket, other, at = a_ticket(cast, by=cast.colleague), a_ticket(cast, by=cast.manager), clock.now()
    services.share(session, ticket, contact_id=cast.tang.id, by=cast.actor(cast.colleague), at=at)
    for each in (cast.colleague, cast.tang):
        services.share(session, other, contact_id=each.id, by=cast.actor(cast.manager), at=at)
        services.unshare(session, other, contact_id=each.id, by=cast.actor(cast.manager), at=at)
    let_go_on(cast, ticket, other)
    in_force = select(Participant.contact_id).where(Participant.ticket_id == other.id, Participant.revoked_at.is_(None))
    assert session.scalars(in_force).all() == [cast.colleague.id]


def test_what_was_urgent_is_urgent_in_the_other(cast: Cast, session: Session) -> None:
    ticket = a_ticket(cast, by=cast.colleague, severity=Priority.P1, is_emergency=True)
    other = a_ticket(cast)
    by = cast.actor(cast.agent)
    question = StateChange(to=TicketState.WAITING_CUSTOMER, words="Which printer?")
    services.change_state(session, other, change=question, by=by, at=clock.now())
    assert other.next_due_at is None
    let_go_on(cast, ticket, other)
    now = now_of(session, other)
    assert (now.priority, now.is_emergency, now.state) == (Priority.P1, True, TicketState.IN_PROGRESS)
    assert now.next_due_at is not None
    called = select(OutboxMessage.kind).where(OutboxMessage.kind == "ticket-cannot-wait")
    assert len(session.scalars(called).all()) == 2


def test_what_was_less_urgent_slows_nothing_down(cast: Cast, session: Session) -> None:
    ticket, other = a_ticket(cast, severity=Priority.P4), a_ticket(cast, severity=Priority.P2)
    let_go_on(cast, ticket, other)
    assert now_of(session, other).priority == Priority.P2


def test_the_other_takes_the_place_in_the_list_of_a_notice(cast: Cast, session: Session) -> None:
    ticket, other = a_ticket(cast), a_ticket(cast)
    ticket.notice_id = a_known_issue(cast).id
    let_go_on(cast, ticket, other)
    assert now_of(session, other).notice_id == ticket.notice_id
    assert kinds(session, other)[-1] == "linked"


def test_two_that_are_joined_to_two_notices_are_not_the_same(cast: Cast, session: Session) -> None:
    ticket, other = a_ticket(cast), a_ticket(cast)
    ticket.notice_id = a_known_issue(cast).id
    other.notice_id = a_known_issue(cast).id
    with pytest.raises(LinkError) as error:
        let_go_on(cast, ticket, other)
    assert error.value.code == "two-notices"


def test_the_other_waits_for_the_fault_from_then_on(cast: Cast, session: Session) -> None:
    ticket, other = a_ticket(cast), a_ticket(cast)
    fault = faults.open_fault(session, ticket, title="Overflow", by=cast.actor(cast.agent), at=clock.now())
    let_go_on(cast, ticket, other)
    assert session.execute(select(FaultTicket.ticket_id, FaultTicket.fault_id)).all() == [(other.id, fault.id)]


def test_two_that_wait_for_two_faults_are_not_the_same(cast: Cast, session: Session, desk: FlaskClient) -> None:
    ticket, other = a_ticket(cast), a_ticket(cast)
    for each in (ticket, other):
        faults.open_fault(session, each, title="Overflow", by=cast.actor(cast.agent), at=clock.now())
    session.commit()
    sent = {"same-other": other.reference, "same-words": "There", "same-once": "k"}
    answer = desk.post(f"/desk/tickets/{ticket.reference}/same", data=sent)
    assert answer.status_code == 422
    assert "The two wait for two faults." in answer.text
    assert now_of(session, ticket).state == TicketState.NEW
    with pytest.raises(FaultError):
        let_go_on(cast, ticket, other)
