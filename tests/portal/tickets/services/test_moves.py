"""Moving a ticket through the guard table."""

from datetime import date

import pytest

from portal.tickets import messages
from portal.tickets.models import Audience, TicketState, WaitReason
from portal.tickets.permissions import TransitionError
from tests.portal.tickets.cast import Cast, a_ticket
from tests.portal.tickets.services.acts import move, told, update


def test_a_question_needs_words(cast: Cast) -> None:
    ticket = a_ticket(cast)
    with pytest.raises(TransitionError, match="needs-question"):
        move(cast, ticket, TicketState.WAITING_CUSTOMER)


def test_resting_with_us_needs_a_reason(cast: Cast) -> None:
    ticket = a_ticket(cast)
    with pytest.raises(TransitionError, match="needs-reason"):
        move(cast, ticket, TicketState.WAITING_INTERNAL)


def test_a_planned_fix_needs_its_version(cast: Cast) -> None:
    ticket = a_ticket(cast)
    with pytest.raises(TransitionError, match="needs-fix-version"):
        move(cast, ticket, TicketState.FIX_SCHEDULED)


def test_customers_are_told_only_when_what_they_see_changes(cast: Cast) -> None:
    ticket = a_ticket(cast)
    update(cast, ticket)
    before = len(told(cast, messages.UPDATE))
    event = move(cast, ticket, TicketState.WAITING_INTERNAL, reason=WaitReason.VERIFYING)
    assert event.audience == Audience.INTERNAL
    assert len(told(cast, messages.UPDATE)) == before
    assert move(cast, ticket, TicketState.FIX_SCHEDULED, fix_version="5.6.3").audience == Audience.CUSTOMER
    assert len(told(cast, messages.UPDATE)) == before + 1


def test_a_duplicate_needs_the_ticket_in_which_we_go_on(cast: Cast) -> None:
    ticket, other = a_ticket(cast), a_ticket(cast)
    with pytest.raises(TransitionError, match="needs-other-ticket"):
        move(cast, ticket, TicketState.DUPLICATE)
    assert move(cast, ticket, TicketState.DUPLICATE, parent_id=other.id).audience == Audience.CUSTOMER
    assert ticket.parent_id == other.id


def test_a_ticket_goes_on_from_reason_to_reason(cast: Cast) -> None:
    ticket = a_ticket(cast)
    update(cast, ticket)
    for reason in WaitReason:
        move(cast, ticket, TicketState.WAITING_INTERNAL, reason=reason)
        assert (ticket.state, ticket.wait_reason) == (TicketState.WAITING_INTERNAL, reason)


def test_another_day_for_a_planned_fix_is_told(cast: Cast) -> None:
    ticket = a_ticket(cast)
    move(cast, ticket, TicketState.FIX_SCHEDULED, fix_version="5.6.3", fix_on=date(2026, 5, 12))
    before = len(told(cast, messages.UPDATE))
    move(cast, ticket, TicketState.FIX_SCHEDULED, fix_version="5.6.3", fix_on=date(2026, 5, 19))
    assert ticket.fix_on == date(2026, 5, 19)
    assert len(told(cast, messages.UPDATE)) == before + 1
