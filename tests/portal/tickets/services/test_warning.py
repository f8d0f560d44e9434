"""Warnings for our own people."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from portal.accounts.models import Agent, Organisation, Person
from portal.core.actor import Role
from portal.outbox.models import OutboxMessage
from portal.tickets import messages, services
from portal.tickets.models import Ticket
from tests import factories
from tests.portal.tickets.cast import Cast, a_ticket
from tests.portal.tickets.services.acts import MINUTE, beijing, reply, told, update

WARNED = beijing("04-21T10:14")
"""Four fifths of the quarter of an hour that a reply at 10:02 may take."""


@pytest.fixture
def admin(cast: Cast) -> Agent:
    return factories.an_agent(cast.session, "Sun Yue", role=Role.ADMIN)


@pytest.fixture
def ticket(cast: Cast, admin: Agent) -> Ticket:
    ticket = a_ticket(cast)
    services.assign(cast.session, ticket, agent_id=cast.agent.id, by=cast.actor(cast.agent), at=ticket.opened_at)
    cast.session.commit()
    return ticket


def people(*agents: Agent) -> Sequence[object]:
    return [each.person_id for each in agents]


def test_the_agent_is_warned_once_when_four_fifths_have_passed(cast: Cast, ticket: Ticket) -> None:
    services.settle_due(cast.session, at=WARNED - MINUTE)
    assert told(cast, messages.DUE_SOON) == []
    for later in range(2):
        services.settle_due(cast.session, at=WARNED + later * MINUTE)
    assert told(cast, messages.DUE_SOON) == people(cast.agent)
    assert told(cast, messages.OVERDUE) == []


def test_the_lead_is_told_when_it_was_missed(cast: Cast, ticket: Ticket, admin: Agent) -> None:
    services.settle_due(cast.session, at=beijing("04-21T10:18"))
    assert told(cast, messages.OVERDUE) == people(admin)


def test_the_lead_of_an_organisation_is_its_service_manager(cast: Cast, ticket: Ticket, admin: Agent) -> None:
    manager = factories.an_agent(cast.session, "Zhao Lei")
    cast.session.get_one(Organisation, cast.organisation.id).service_manager_id = manager.id
    services.settle_due(cast.session, at=beijing("04-21T10:18"))
    assert told(cast, messages.OVERDUE) == people(manager)


def test_while_nobody_has_it_the_named_engineer_is_warned(cast: Cast, admin: Agent) -> None:
    a_ticket(cast)
    cast.session.get_one(Organisation, cast.organisation.id).named_agent_id = cast.agent.id
    services.settle_due(cast.session, at=WARNED)
    assert told(cast, messages.DUE_SOON) == people(cast.agent)


@pytest.mark.parametrize("is_taken", [False, True])
def test_where_no_agent_is_there_the_lead_is_warned(cast: Cast, admin: Agent, is_taken: bool) -> None:
    ticket = a_ticket(cast)
    if is_taken:
        ticket.assignee_id = cast.agent.id
        cast.session.get_one(Person, cast.agent.person_id).active = False
    services.settle_due(cast.session, at=WARNED)
    assert told(cast, messages.DUE_SOON) == people(admin)


def test_an_update_in_time_warns_nobody(cast: Cast, ticket: Ticket) -> None:
    update(cast, ticket, at=WARNED - MINUTE)
    services.settle_due(cast.session, at=WARNED + 5 * MINUTE)
    assert told(cast, messages.DUE_SOON) == []


def test_a_reply_in_the_very_minute_takes_no_warning_away(cast: Cast, ticket: Ticket) -> None:
    reply(cast, ticket, at=WARNED + MINUTE / 2)
    services.settle_due(cast.session, at=WARNED + MINUTE)
    assert told(cast, messages.DUE_SOON) == people(cast.agent)


def test_each_promise_is_warned_of_again(cast: Cast, ticket: Ticket) -> None:
    services.settle_due(cast.session, at=WARNED)
    update(cast, ticket, at=beijing("04-21T10:15"))
    services.settle_due(cast.session, at=beijing("04-24T09:00"))
    assert told(cast, messages.DUE_SOON) == people(cast.agent, cast.agent)


def test_a_warning_changes_nothing_that_an_agent_is_writing_on(cast: Cast, ticket: Ticket) -> None:
    version = ticket.version
    services.settle_due(cast.session, at=WARNED)
    assert ticket.version == version


def test_customers_are_never_warned_of_our_promises(cast: Cast, ticket: Ticket) -> None:
    services.settle_due(cast.session, at=beijing("04-21T10:18"))
    kinds = select(OutboxMessage.kind).where(OutboxMessage.person_id == cast.tang.person_id)
    assert set(cast.session.scalars(kinds)) == {messages.RECEIVED, messages.LATE}
