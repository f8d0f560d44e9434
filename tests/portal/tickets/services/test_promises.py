"""The ledger of promises."""

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.tickets import messages, services
from portal.tickets.models import Outcome, Promise, PromiseKind, TicketState, WaitReason
from tests.portal.tickets.cast import DOCUMENT, Cast, a_ticket
from tests.portal.tickets.services.acts import MINUTE, beijing, move, promises, reply, told, update


def test_an_update_keeps_the_promise_and_makes_the_next(cast: Cast) -> None:
    ticket = a_ticket(cast)
    update(cast, ticket, at=clock.now() + 9 * MINUTE)
    assert promises(cast, ticket) == [
        (PromiseKind.FIRST_REPLY, beijing("04-21T10:17"), Outcome.KEPT),
        (PromiseKind.NEXT_UPDATE, beijing("04-24T10:11"), None),
    ]
    assert ticket.next_due_at == beijing("04-24T10:11")


def test_an_update_at_the_very_moment_is_in_time(cast: Cast) -> None:
    ticket = a_ticket(cast)
    update(cast, ticket, at=beijing("04-21T10:17"))
    assert promises(cast, ticket)[0][2] == Outcome.KEPT


def test_an_update_after_the_moment_has_missed_it(cast: Cast) -> None:
    ticket = a_ticket(cast)
    update(cast, ticket, at=beijing("04-21T10:18"))
    assert promises(cast, ticket)[0][2] == Outcome.MISSED


def test_a_note_keeps_no_promise(cast: Cast) -> None:
    ticket = a_ticket(cast)
    services.add_note(cast.session, ticket, body="Looks like YB-3021.", by=cast.actor(cast.agent), at=clock.now())
    assert promises(cast, ticket) == [(PromiseKind.FIRST_REPLY, beijing("04-21T10:17"), None)]


def test_the_acknowledgement_is_no_reply(cast: Cast) -> None:
    ticket = a_ticket(cast)
    assert told(cast, messages.RECEIVED)
    assert promises(cast, ticket)[0][2] is None


@pytest.mark.parametrize("body", ["", "   \n"])
def test_an_empty_update_is_refused(cast: Cast, body: str) -> None:
    ticket = a_ticket(cast)
    with pytest.raises(services.UpdateError, match="empty"):
        update(cast, ticket, body)


def test_the_same_words_as_last_time_are_refused(cast: Cast) -> None:
    ticket = a_ticket(cast)
    update(cast, ticket, "Still planned.")
    with pytest.raises(services.UpdateError, match="same-as-last"):
        update(cast, ticket, "  still  PLANNED. ")


def test_an_agent_may_promise_earlier(cast: Cast) -> None:
    ticket = a_ticket(cast)
    update(cast, ticket, next_by=beijing("04-21T14:30"))
    assert ticket.next_due_at == beijing("04-21T14:30")
    assert cast.session.scalars(select(Promise.source).order_by(Promise.id.desc()).limit(1)).one() == "person"


def test_an_agent_may_not_promise_later_than_the_customer_expects(cast: Cast) -> None:
    ticket = a_ticket(cast)
    with pytest.raises(services.PromiseError, match="promise-too-late"):
        update(cast, ticket, next_by=beijing("04-27T10:00"))


def test_a_promise_in_the_past_is_refused(cast: Cast) -> None:
    ticket = a_ticket(cast)
    with pytest.raises(services.PromiseError, match="promise-has-passed"):
        update(cast, ticket, next_by=clock.now())


def test_nothing_but_waiting_for_the_customer_pauses_the_next_update(cast: Cast) -> None:
    ticket = a_ticket(cast)
    update(cast, ticket)
    move(cast, ticket, TicketState.WAITING_INTERNAL, reason=WaitReason.REVIEW)
    assert ticket.next_due_at == beijing("04-24T10:02")
    move(cast, ticket, TicketState.WAITING_VENDOR)
    assert ticket.next_due_at == beijing("04-24T10:02")
    move(cast, ticket, TicketState.WAITING_CUSTOMER, words="Which key did you press?")
    assert ticket.next_due_at is None


def test_the_first_reply_goes_on_when_a_ticket_only_moves(cast: Cast) -> None:
    ticket = a_ticket(cast)
    move(cast, ticket, TicketState.TRIAGED)
    assert ticket.next_due_at == beijing("04-21T10:17")


def test_a_customers_answer_starts_the_clock_again(cast: Cast) -> None:
    ticket = a_ticket(cast)
    move(cast, ticket, TicketState.WAITING_CUSTOMER, words="Which key did you press?")
    reply(cast, ticket, "F7")
    assert ticket.state == TicketState.IN_PROGRESS
    assert ticket.next_due_at == beijing("04-24T10:02")
    assert ticket.closes_at is None


def test_details_from_the_customer_start_the_clock_too(cast: Cast) -> None:
    ticket = a_ticket(cast)
    move(cast, ticket, TicketState.WAITING_CUSTOMER, words="Which key did you press?")
    services.revise_snapshot(cast.session, ticket, document=DOCUMENT, by=cast.actor(cast.tang), at=clock.now())
    assert ticket.state == TicketState.IN_PROGRESS
    assert ticket.next_due_at is not None


def test_a_missed_promise_says_sorry_with_a_new_time(cast: Cast) -> None:
    ticket = a_ticket(cast)
    assert services.settle_due(cast.session, at=beijing("04-21T10:18")) == 1
    assert promises(cast, ticket) == [
        (PromiseKind.FIRST_REPLY, beijing("04-21T10:17"), Outcome.MISSED),
        (PromiseKind.FIRST_REPLY, beijing("04-21T11:18"), None),
    ]
    assert told(cast, messages.LATE) == [cast.tang.person_id]


def test_a_second_miss_gives_a_working_day(cast: Cast) -> None:
    ticket = a_ticket(cast)
    services.settle_due(cast.session, at=beijing("04-21T10:18"))
    services.settle_due(cast.session, at=beijing("04-21T11:20"))
    assert ticket.next_due_at == beijing("04-22T11:20")


def test_what_is_due_now_is_not_late_yet(cast: Cast) -> None:
    ticket = a_ticket(cast)
    services.settle_due(cast.session, at=beijing("04-21T10:17"))
    assert promises(cast, ticket) == [(PromiseKind.FIRST_REPLY, beijing("04-21T10:17"), None)]


def test_the_same_minute_settles_once(cast: Cast) -> None:
    a_ticket(cast)
    services.settle_due(cast.session, at=beijing("04-21T10:18"))
    assert services.settle_due(cast.session, at=beijing("04-21T10:18")) == 0
