"""Deciding on a wish: accepted, later, declined with the reason, and the version that will have it."""

from datetime import date
from typing import Any

import pytest

from portal.core import clock
from portal.core.errors import DomainError
from portal.tickets import messages, services
from portal.tickets.models import Decision, Event, Ticket, TicketKind, TicketState
from portal.tickets.queries import Status, status_of, ticket_head
from portal.tickets.services import Verdict, WishError
from tests.portal.tickets.cast import Cast, a_ticket
from tests.portal.tickets.services.acts import promises, resolve, told


def decide(cast: Cast, ticket: Ticket, decision: Decision, **values: Any) -> Event:
    """Let the agent decide."""
    said = {"kind": TicketKind.FEATURE, "words": "Many hospitals ask for it.", **values}
    verdict = Verdict(decision=decision, **said)
    return services.decide(cast.session, ticket, verdict=verdict, by=cast.actor(cast.agent), at=clock.now())


def status(cast: Cast, ticket: Ticket) -> Status:
    head = ticket_head(cast.session, ticket.reference, cast.actor(cast.tang))
    assert head is not None
    return status_of(head)


def test_an_accepted_wish_with_a_version_is_planned(cast: Cast) -> None:
    ticket = a_ticket(cast)
    decide(cast, ticket, Decision.ACCEPTED, version="5.7.0", around=date(2026, 9, 1))
    assert (ticket.state, ticket.fix_version, ticket.fix_on) == ("fix_scheduled", "5.7.0", date(2026, 9, 1))
    assert status(cast, ticket).next == "wish_planned"


def test_an_accepted_wish_without_a_version_is_worked_on(cast: Cast) -> None:
    ticket = a_ticket(cast)
    decide(cast, ticket, Decision.ACCEPTED)
    assert ticket.state == TicketState.IN_PROGRESS
    assert status(cast, ticket).next == "accepted"


def test_a_declined_wish_ends_with_what_was_promised_kept(cast: Cast) -> None:
    ticket = a_ticket(cast)
    decide(cast, ticket, Decision.DECLINED, words="It would slow down everybody.")
    assert ticket.state == TicketState.CANCELLED
    assert status(cast, ticket).next == "declined"
    assert [outcome for _kind, _due, outcome in promises(cast, ticket)] == ["kept"]


def test_later_goes_on_being_promised(cast: Cast) -> None:
    ticket = a_ticket(cast)
    decide(cast, ticket, Decision.LATER)
    assert status(cast, ticket).next == "later"
    assert ticket.next_due_at is not None


def test_deciding_again_takes_the_version_back(cast: Cast) -> None:
    ticket = a_ticket(cast)
    decide(cast, ticket, Decision.ACCEPTED, version="5.7.0")
    decide(cast, ticket, Decision.LATER, words="It did not fit into 5.7.0.")
    assert (ticket.state, ticket.fix_version, ticket.decision) == ("in_progress", "", "later")


def test_the_customer_is_told(cast: Cast) -> None:
    ticket = a_ticket(cast)
    decide(cast, ticket, Decision.DECLINED)
    assert told(cast, messages.UPDATE) == [cast.tang.person_id]


def test_a_decision_needs_its_reason(cast: Cast) -> None:
    ticket = a_ticket(cast)
    with pytest.raises(WishError, match="needs-words"):
        decide(cast, ticket, Decision.DECLINED, words=" ")
    assert ticket.state == TicketState.NEW


def test_a_problem_is_not_decided_on(cast: Cast) -> None:
    with pytest.raises(WishError, match="no-wish"):
        decide(cast, a_ticket(cast), Decision.DECLINED, kind=TicketKind.PROBLEM)


def test_what_is_solved_is_not_decided_on(cast: Cast) -> None:
    ticket = a_ticket(cast)
    resolve(cast, ticket)
    with pytest.raises(DomainError, match="not-now"):
        decide(cast, ticket, Decision.LATER)
