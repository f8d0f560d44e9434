"""Joining tickets to the notice about their common problem."""

import pytest

from portal.core import clock
from portal.incidents import services
from portal.incidents.services import LinkError
from portal.tickets.models import Audience
from portal.tickets.services import cancel
from tests import factories
from tests.portal.incidents.linking import a_ticket, an_incident, kept, kinds, linked
from tests.portal.notices.cast import Cast


def test_a_ticket_joins_once_and_its_customer_is_told_nothing(cast: Cast) -> None:
    notice, ticket = an_incident(cast), a_ticket(cast)
    for expected in ([ticket.id], []):
        assert services.link(cast.session, notice.id, [ticket.id], by=cast.author, at=clock.now()) == expected
    assert ticket.notice_id == notice.id
    assert kinds(cast, ticket) == ["opened", "linked"]
    assert kinds(cast, ticket, audience=Audience.CUSTOMER) == ["opened"]


def test_the_clocks_run_on(cast: Cast) -> None:
    notice = an_incident(cast)
    due = a_ticket(cast).next_due_at
    (ticket,) = linked(cast, notice)
    assert ticket.next_due_at == due
    assert kept(cast, ticket) == []


def test_a_ticket_belongs_to_one_problem_at_a_time(cast: Cast) -> None:
    first, second = an_incident(cast), an_incident(cast)
    (ticket,) = linked(cast, first)
    services.link(cast.session, second.id, [ticket.id], by=cast.author, at=clock.now())
    assert ticket.notice_id == second.id


def test_a_ticket_is_taken_off_again(cast: Cast) -> None:
    notice, other = an_incident(cast), an_incident(cast)
    (ticket,) = linked(cast, notice)
    assert services.unlink(cast.session, other.id, [ticket.id], by=cast.author, at=clock.now()) == []
    assert services.unlink(cast.session, notice.id, [ticket.id], by=cast.author, at=clock.now()) == [ticket.id]
    assert ticket.notice_id is None
    assert kinds(cast, ticket)[-1] == "unlinked"


def test_what_has_ended_or_is_out_of_reach_is_not_joined(cast: Cast) -> None:
    notice, ended, far = an_incident(cast), a_ticket(cast), a_ticket(cast, cast.stranger)
    cancel(cast.session, ended, by=cast.actor(cast.tang), at=clock.now())
    factories.limit_agent(cast.session, cast.writer, organisations=(cast.qinghe,))
    by = cast.author
    limited = type(by)(person_id=by.person_id, role=by.role, organisations=frozenset({cast.qinghe.id}))
    cast.session.flush()
    assert services.link(cast.session, notice.id, [ended.id, far.id], by=limited, at=clock.now()) == []


def test_a_notice_that_is_not_there_joins_nothing(cast: Cast) -> None:
    ticket = a_ticket(cast)
    with pytest.raises(LinkError):
        services.link(cast.session, ticket.id, [ticket.id], by=cast.author, at=clock.now())
