"""The clock to a solution, where a policy has one."""

import pytest

from portal.agreements.terms import Policy, Targets
from portal.tickets import services
from portal.tickets.models import Outcome, Priority, PromiseKind, Ticket, TicketState, WaitReason
from tests.portal.tickets.cast import Cast, a_ticket
from tests.portal.tickets.services.acts import beijing, move, promise_by, promises, reply, resolve, update

GOLD = Policy("gold", rank=5, targets=Targets(resolution={"P1": 120, "P3": 960}))
KEPT, MISSED, SUPERSEDED = Outcome.KEPT, Outcome.MISSED, Outcome.SUPERSEDED


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    """A ticket that is to be solved in 16 working hours, opened at 10:02 on Tuesday."""
    promise_by(cast, GOLD)
    return a_ticket(cast)


def to_solve(cast: Cast, ticket: Ticket) -> list[tuple[object, object]]:
    found = promises(cast, ticket)
    return [(due_at, outcome) for kind, due_at, outcome in found if kind == PromiseKind.RESOLUTION]


def test_it_begins_when_the_ticket_is_opened(cast: Cast, ticket: Ticket) -> None:
    assert to_solve(cast, ticket) == [(beijing("04-22T17:02"), None)]


def test_words_alone_do_not_keep_it(cast: Cast, ticket: Ticket) -> None:
    update(cast, ticket)
    assert to_solve(cast, ticket) == [(beijing("04-22T17:02"), None)]


def test_a_solution_in_time_keeps_it(cast: Cast, ticket: Ticket) -> None:
    resolve(cast, ticket, at=beijing("04-22T17:02"))
    assert to_solve(cast, ticket) == [(beijing("04-22T17:02"), KEPT)]


def test_a_solution_too_late_has_missed_it(cast: Cast, ticket: Ticket) -> None:
    resolve(cast, ticket, at=beijing("04-22T17:03"))
    assert to_solve(cast, ticket)[0] == (beijing("04-22T17:02"), MISSED)


def test_missed_by_the_clock_it_gets_another_working_day(cast: Cast, ticket: Ticket) -> None:
    update(cast, ticket)
    services.settle_due(cast.session, at=beijing("04-22T17:03"))
    assert to_solve(cast, ticket) == [(beijing("04-22T17:02"), MISSED), (beijing("04-23T17:03"), None)]


def test_waiting_for_the_customer_stops_it_and_their_answer_goes_on_with_what_was_left(
    cast: Cast, ticket: Ticket
) -> None:
    move(cast, ticket, TicketState.WAITING_CUSTOMER, words="Which key?", at=beijing("04-21T16:00"))
    assert to_solve(cast, ticket) == [(beijing("04-22T17:02"), SUPERSEDED)]
    reply(cast, ticket, "F7", at=beijing("04-24T10:00"))
    # From Tuesday 16:00 ten hours and two minutes were left.
    assert to_solve(cast, ticket)[1:] == [(beijing("04-27T11:02"), None)]


def test_hardly_anything_left_is_a_working_hour(cast: Cast, ticket: Ticket) -> None:
    move(cast, ticket, TicketState.WAITING_CUSTOMER, words="Which key?", at=beijing("04-22T17:00"))
    reply(cast, ticket, "F7", at=beijing("04-24T10:00"))
    assert to_solve(cast, ticket)[1:] == [(beijing("04-24T11:00"), None)]


@pytest.mark.parametrize("state", [TicketState.WAITING_INTERNAL, TicketState.WAITING_VENDOR, TicketState.IN_PROGRESS])
def test_nothing_else_stops_it(cast: Cast, ticket: Ticket, state: TicketState) -> None:
    reason = WaitReason.REVIEW if state is TicketState.WAITING_INTERNAL else None
    move(cast, ticket, state, words="A colleague looks at it.", reason=reason)
    assert to_solve(cast, ticket) == [(beijing("04-22T17:02"), None)]


def test_a_higher_priority_shortens_it(cast: Cast, ticket: Ticket) -> None:
    by, at = cast.actor(cast.agent), beijing("04-21T11:00")
    services.prioritise(cast.session, ticket, priority=Priority.P1, because="Two wards", by=by, at=at)
    assert to_solve(cast, ticket) == [(beijing("04-22T17:02"), SUPERSEDED), (beijing("04-21T13:00"), None)]


def test_reopening_starts_it_anew(cast: Cast, ticket: Ticket) -> None:
    resolve(cast, ticket, at=beijing("04-21T12:00"))
    services.reopen(cast.session, ticket, by=cast.actor(cast.tang), at=beijing("04-21T14:00"))
    assert to_solve(cast, ticket)[1:] == [(beijing("04-23T12:00"), None)]


def test_taking_it_back_ends_it(cast: Cast, ticket: Ticket) -> None:
    services.cancel(cast.session, ticket, by=cast.actor(cast.tang), at=beijing("04-21T12:00"))
    assert to_solve(cast, ticket) == [(beijing("04-22T17:02"), SUPERSEDED)]


def test_a_policy_without_one_has_none(cast: Cast) -> None:
    assert to_solve(cast, a_ticket(cast)) == []
