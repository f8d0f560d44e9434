"""Lists of tickets, and who sees what in them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.accounts.models import Contact
from portal.core import clock
from portal.core.actor import ANONYMOUS, Actor, SeeScope
from portal.core.errors import StaleError
from portal.tickets import queries, services
from portal.tickets.models import Priority, Ticket, TicketState
from portal.tickets.queries import Lane, Only, View
from portal.tickets.services import StateChange
from tests import factories
from tests.portal.tickets.cast import Cast, a_ticket
from tests.portal.tickets.lanes import lane_of


def mine(cast: Cast, who: Contact, only: Only = Only.ALL) -> list[str]:
    page = queries.my_tickets(cast.session, cast.actor(who), only=only)
    return [each.ticket.reference for each in page.rows]


def test_a_contact_sees_their_own(cast: Cast) -> None:
    own, _ = a_ticket(cast), a_ticket(cast, by=cast.colleague)
    assert mine(cast, cast.tang) == [own.reference]


def test_a_contact_sees_what_was_shared_until_it_no_longer_is(cast: Cast) -> None:
    ticket = a_ticket(cast)
    by, at = cast.actor(cast.tang), clock.now()
    services.share(cast.session, ticket, contact_id=cast.colleague.id, by=by, at=at)
    assert mine(cast, cast.colleague) == [ticket.reference]
    services.unshare(cast.session, ticket, contact_id=cast.colleague.id, by=by, at=at)
    assert mine(cast, cast.colleague) == []


def test_whoever_looks_after_all_reports_sees_them(cast: Cast) -> None:
    ticket = a_ticket(cast)
    watcher = factories.a_contact(cast.session, cast.organisation, see_scope=SeeScope.ORGANISATION)
    assert mine(cast, watcher) == mine(cast, cast.manager) == [ticket.reference]


def test_a_stranger_sees_nothing(cast: Cast) -> None:
    a_ticket(cast)
    assert mine(cast, cast.stranger) == []
    assert queries.my_tickets(cast.session, ANONYMOUS).rows == []


def test_the_filters_part_the_tickets(cast: Cast) -> None:
    at, agent, customer = clock.now(), cast.actor(cast.agent), cast.actor(cast.tang)
    ours, yours, closed = (a_ticket(cast) for _ in range(3))
    question = StateChange(to=TicketState.WAITING_CUSTOMER, words="Which key?")
    services.change_state(cast.session, yours, change=question, by=agent, at=at)
    services.cancel(cast.session, closed, by=customer, at=at)
    cast.session.flush()
    assert mine(cast, cast.tang, only=Only.OURS) == [ours.reference]
    assert mine(cast, cast.tang, only=Only.YOURS) == [yours.reference]
    assert mine(cast, cast.tang, only=Only.CLOSED) == [closed.reference]
    assert len(mine(cast, cast.tang)) == 3


@pytest.mark.parametrize("who", ["tang", "manager"])
def test_pages_follow_each_other_without_gap_or_repeat(cast: Cast, who: str) -> None:
    for number in range(7):
        a_ticket(cast, at=clock.now() + timedelta(minutes=number // 2))
    actor, seen, after = cast.actor(getattr(cast, who)), [], None
    while True:
        page = queries.my_tickets(cast.session, actor, after=after, limit=3)
        seen += [each.ticket.reference for each in page.rows]
        after = page.next
        if after is None:
            break
    assert seen == [f"T-2026-{number:06d}" for number in range(7, 0, -1)]


def test_the_desk_begins_with_what_is_due_next(cast: Cast) -> None:
    later = a_ticket(cast, at=clock.now() + timedelta(minutes=5))
    sooner = a_ticket(cast)
    queue = lane_of(cast.session, cast.actor(cast.agent))
    assert [each.ticket.reference for each in queue.rows] == [sooner.reference, later.reference]


def test_emergencies_have_a_lane_of_their_own(cast: Cast) -> None:
    a_ticket(cast)
    urgent = a_ticket(cast, severity=Priority.P1, is_emergency=True)
    queue = lane_of(cast.session, cast.actor(cast.agent))
    assert [each.ticket.reference for each in queue.emergencies] == [urgent.reference]


def test_the_desk_finds_who_waits_for_whom(cast: Cast) -> None:
    waiting, taken = a_ticket(cast), a_ticket(cast)
    agent = cast.actor(cast.agent)
    question = StateChange(to=TicketState.WAITING_CUSTOMER, words="Which key?")
    services.change_state(cast.session, waiting, change=question, by=agent, at=clock.now())
    services.assign(cast.session, taken, agent_id=cast.agent.id, by=agent, at=clock.now())
    cast.session.flush()
    lanes = {lane: lane_of(cast.session, agent, View(lane=lane)).rows for lane in Lane}
    assert [each.ticket.reference for each in lanes[Lane.WAITING]] == [waiting.reference]
    assert [each.ticket.reference for each in lanes[Lane.MINE]] == [taken.reference]
    assert lanes[Lane.UNASSIGNED] == []


def test_the_desk_pages_by_due_time(cast: Cast) -> None:
    for _ in range(5):
        a_ticket(cast)
    agent = cast.actor(cast.agent)
    first = lane_of(cast.session, agent, View(limit=3))
    second = lane_of(cast.session, agent, View(limit=3, after=first.next))
    assert len({each.ticket.reference for each in (*first.rows, *second.rows)}) == 5
    assert second.next is None


def test_a_limited_agent_sees_what_is_within_their_limits(cast: Cast) -> None:
    here, elsewhere = a_ticket(cast), a_ticket(cast, by=cast.stranger)
    other_product = a_ticket(cast, product_code="insurance", module_code="")
    agent = cast.actor(cast.agent)
    by_product = replace(agent, products=frozenset({"his"}))
    by_organisation = replace(agent, organisations=frozenset({cast.organisation.id}))
    by_both = replace(agent, products=frozenset({"his"}), organisations=frozenset({cast.organisation.id}))
    assert _seen(cast, by_product) == {here.reference, elsewhere.reference}
    assert _seen(cast, by_organisation) == {here.reference, other_product.reference}
    assert _seen(cast, by_both) == {here.reference}


def test_an_unverified_call_back_is_for_agents_alone(cast: Cast) -> None:
    ticket = a_ticket(cast, organisation_id=None, contact_id=None)
    assert _seen(cast, cast.actor(cast.agent)) == {ticket.reference}
    assert mine(cast, cast.tang) == mine(cast, cast.manager) == []


def test_a_page_that_is_out_of_date_changes_nothing(cast: Cast) -> None:
    ticket = a_ticket(cast)
    agent = cast.actor(cast.agent)
    assert queries.ticket_to_change(cast.session, ticket.reference, agent, version=ticket.version) is ticket
    with pytest.raises(StaleError):
        queries.ticket_to_change(cast.session, ticket.reference, agent, version=ticket.version - 1)


def test_a_stranger_holds_no_ticket_to_change(cast: Cast) -> None:
    ticket = a_ticket(cast)
    assert queries.ticket_to_change(cast.session, ticket.reference, cast.actor(cast.stranger)) is None


def _seen(cast: Cast, actor: Actor) -> set[str]:
    return set(cast.session.scalars(select(Ticket.reference).where(queries.visible_to(actor))))
