"""A customer who agrees to wait for a planned fix."""

from datetime import date

import pytest

from portal.core import clock
from portal.tickets import services
from portal.tickets.models import Outcome, PromiseKind, Ticket, TicketState
from portal.tickets.permissions import ActionError
from tests.portal.tickets.cast import Cast, a_ticket
from tests.portal.tickets.services.acts import beijing, move, promises, reply, update

FIX_ON = date(2026, 5, 20)
ACCEPTED = beijing("05-20T18:00")


def planned(cast: Cast, fix_on: date | None = FIX_ON) -> Ticket:
    ticket = a_ticket(cast)
    move(cast, ticket, TicketState.FIX_SCHEDULED, words="It comes with 5.6.3.", fix_version="5.6.3", fix_on=fix_on)
    return ticket


def accept(cast: Cast, ticket: Ticket) -> None:
    services.accept_date(cast.session, ticket, by=cast.actor(cast.tang), at=clock.now())


def test_the_planned_day_stands_in_place_of_the_cadence(cast: Cast) -> None:
    ticket = planned(cast)
    accept(cast, ticket)
    assert promises(cast, ticket)[1:] == [
        (PromiseKind.NEXT_UPDATE, beijing("04-24T10:02"), Outcome.SUPERSEDED),
        (PromiseKind.NEXT_UPDATE, ACCEPTED, None),
    ]
    assert ticket.next_due_at == ACCEPTED


def test_nobody_has_to_write_still_planned(cast: Cast) -> None:
    ticket = planned(cast)
    accept(cast, ticket)
    services.settle_due(cast.session, at=beijing("05-20T17:59"))
    assert [each[2] for each in promises(cast, ticket)].count(Outcome.MISSED) == 0
    services.settle_due(cast.session, at=beijing("05-20T18:01"))
    assert promises(cast, ticket)[2] == (PromiseKind.NEXT_UPDATE, ACCEPTED, Outcome.MISSED)


def test_an_update_before_the_day_leaves_it_as_agreed(cast: Cast) -> None:
    ticket = planned(cast)
    accept(cast, ticket)
    update(cast, ticket, "The fix passed its tests.", at=beijing("05-11T10:00"))
    assert ticket.next_due_at == ACCEPTED


def test_an_agent_may_promise_any_time_before_it(cast: Cast) -> None:
    ticket = planned(cast)
    accept(cast, ticket)
    update(cast, ticket, "The fix passed its tests.", at=beijing("05-11T10:00"), next_by=beijing("05-18T10:00"))
    assert ticket.next_due_at == beijing("05-18T10:00")


def test_whoever_writes_all_the_same_hears_as_soon_as_anybody(cast: Cast) -> None:
    ticket = planned(cast)
    accept(cast, ticket)
    reply(cast, ticket, "Does it work on Sundays too?", at=beijing("05-11T10:00"))
    assert ticket.next_due_at == beijing("05-14T10:00")
    update(cast, ticket, "Yes, on Sundays too.", at=beijing("05-12T10:00"))
    assert ticket.next_due_at == ACCEPTED


def test_moving_on_ends_the_agreement(cast: Cast) -> None:
    ticket = planned(cast)
    accept(cast, ticket)
    move(cast, ticket, TicketState.IN_PROGRESS, words="The plan has changed.", at=beijing("05-11T10:00"))
    assert ticket.next_due_at == beijing("05-14T10:00")
    assert ticket.accepted_due_at is None


def test_without_a_day_there_is_nothing_to_agree_on(cast: Cast) -> None:
    ticket = planned(cast, fix_on=None)
    with pytest.raises(services.AcceptError, match="no-date"):
        accept(cast, ticket)


def test_a_day_that_has_passed_is_refused(cast: Cast) -> None:
    ticket = planned(cast, fix_on=date(2026, 4, 20))
    with pytest.raises(services.AcceptError, match="has-passed"):
        accept(cast, ticket)


def test_agreeing_twice_is_agreeing_once(cast: Cast) -> None:
    ticket = planned(cast)
    accept(cast, ticket)
    with pytest.raises(services.AcceptError, match="already"):
        accept(cast, ticket)


def test_an_agent_can_not_agree_for_the_customer(cast: Cast) -> None:
    ticket = planned(cast)
    with pytest.raises(ActionError):
        services.accept_date(cast.session, ticket, by=cast.actor(cast.agent), at=clock.now())


def test_only_a_planned_fix_can_be_waited_for(cast: Cast) -> None:
    with pytest.raises(ActionError):
        accept(cast, a_ticket(cast))
