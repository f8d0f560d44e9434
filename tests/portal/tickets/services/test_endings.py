"""How a ticket ends and comes back."""

from datetime import timedelta

import pytest

from portal.core import clock
from portal.core.actor import SYSTEM
from portal.tickets import messages, services
from portal.tickets.models import Outcome, TicketState
from portal.tickets.permissions import ActionError, TransitionError
from portal.tickets.services import Resolution
from portal.tickets.services.endings import close_by_clock
from tests.portal.tickets.cast import Cast, a_ticket
from tests.portal.tickets.services.acts import MINUTE, beijing, move, promises, reply, resolve, told


def test_solved_is_said_with_a_resolution_only(cast: Cast) -> None:
    ticket = a_ticket(cast)
    with pytest.raises(TransitionError, match="needs-resolution"):
        move(cast, ticket, TicketState.RESOLVED, words="Done.")


@pytest.mark.parametrize("part", ["cause", "fix", "prevention"])
def test_a_resolution_is_whole(cast: Cast, part: str) -> None:
    ticket = a_ticket(cast)
    parts = {"cause": "a", "fix": "b", "prevention": "c", part: " "}
    with pytest.raises(services.ResolutionError, match=f"needs-{part}"):
        services.resolve(
            cast.session, ticket, resolution=Resolution(**parts), by=cast.actor(cast.agent), at=clock.now()
        )
    assert ticket.state == TicketState.NEW


def test_a_resolved_ticket_waits_for_the_customer(cast: Cast) -> None:
    ticket = a_ticket(cast)
    resolve(cast, ticket)
    assert (ticket.state, ticket.next_due_at) == (TicketState.RESOLVED, None)
    assert ticket.closes_at == beijing("04-29T10:02")
    assert told(cast, messages.SOLVED) == [cast.tang.person_id]


def test_the_customer_confirms_and_it_is_closed(cast: Cast) -> None:
    ticket = a_ticket(cast)
    resolve(cast, ticket)
    services.confirm(cast.session, ticket, by=cast.actor(cast.tang), at=clock.now())
    assert ticket.state == TicketState.CLOSED
    assert ticket.closed_at == clock.now()


def test_nobody_confirms_for_the_customer(cast: Cast) -> None:
    ticket = a_ticket(cast)
    resolve(cast, ticket)
    with pytest.raises(ActionError):
        services.confirm(cast.session, ticket, by=cast.actor(cast.agent), at=clock.now())


@pytest.mark.parametrize(("days", "minutes"), [(0, 15), pytest.param(14, 60, id="on Labour Day")])
def test_it_reopens_within_fourteen_days(cast: Cast, days: int, minutes: int) -> None:
    ticket = a_ticket(cast)
    resolve(cast, ticket)
    services.confirm(cast.session, ticket, by=cast.actor(cast.tang), at=clock.now())
    at = clock.now() + timedelta(days=days)
    services.reopen(cast.session, ticket, by=cast.actor(cast.tang), at=at)
    assert (ticket.state, ticket.closed_at) == (TicketState.IN_PROGRESS, None)
    assert ticket.next_due_at == at + minutes * MINUTE


def test_later_it_does_not(cast: Cast) -> None:
    ticket = a_ticket(cast)
    resolve(cast, ticket)
    services.confirm(cast.session, ticket, by=cast.actor(cast.tang), at=clock.now())
    with pytest.raises(TransitionError, match="needs-in-time"):
        services.reopen(cast.session, ticket, by=cast.actor(cast.tang), at=clock.now() + timedelta(days=15))


def test_it_reminds_twice_and_then_closes_by_itself(cast: Cast) -> None:
    ticket = a_ticket(cast)
    move(cast, ticket, TicketState.WAITING_CUSTOMER, words="Which key did you press?")
    for day, reminders in (("04-23T10:02", 1), ("04-28T10:02", 2)):
        assert services.settle_due(cast.session, at=beijing(day) - MINUTE) == 0
        services.settle_due(cast.session, at=beijing(day))
        assert len(told(cast, messages.REMINDER)) == reminders
    assert ticket.closes_at == beijing("05-08T10:02")
    services.settle_due(cast.session, at=beijing("05-08T10:02"))
    assert ticket.state == TicketState.CLOSED
    assert told(cast, messages.CLOSED) == [cast.tang.person_id]


def test_cancelling_supersedes_what_was_promised(cast: Cast) -> None:
    ticket = a_ticket(cast)
    services.cancel(cast.session, ticket, by=cast.actor(cast.tang), at=clock.now())
    assert ticket.state == TicketState.CANCELLED
    assert promises(cast, ticket)[0][2] == Outcome.SUPERSEDED
    assert ticket.next_due_at is None


def test_a_reply_to_a_closed_ticket_is_refused_whole(cast: Cast) -> None:
    ticket = a_ticket(cast)
    services.cancel(cast.session, ticket, by=cast.actor(cast.tang), at=clock.now())
    seq = ticket.last_seq
    with pytest.raises(ActionError, match="not-now"):
        reply(cast, ticket)
    assert ticket.last_seq == seq


def test_the_clock_closes_nothing_early(cast: Cast) -> None:
    ticket = a_ticket(cast)
    resolve(cast, ticket)
    with pytest.raises(TransitionError, match="needs-overdue"):
        close_by_clock(cast.session, ticket, by=SYSTEM, at=clock.now())
