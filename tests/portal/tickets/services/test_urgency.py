"""How urgent a ticket is."""

from datetime import timedelta

from portal.core import clock
from portal.tickets import services
from portal.tickets.models import Outcome, Priority
from tests.portal.tickets.cast import Cast, a_ticket
from tests.portal.tickets.services.acts import MINUTE, beijing, promises, update


def test_it_got_worse_brings_an_answer_soon(cast: Cast) -> None:
    ticket = a_ticket(cast)
    update(cast, ticket)
    at = clock.now() + timedelta(hours=2)
    services.escalate(
        cast.session, ticket, words="Two more wards.", has_work_stopped=False, by=cast.actor(cast.tang), at=at
    )
    assert [outcome for _, _, outcome in promises(cast, ticket)] == [Outcome.KEPT, Outcome.SUPERSEDED, None]
    assert ticket.next_due_at == at + 15 * MINUTE


def test_work_that_stopped_is_an_emergency(cast: Cast) -> None:
    ticket = a_ticket(cast)
    services.escalate(
        cast.session, ticket, words="Nobody can pay.", has_work_stopped=True, by=cast.actor(cast.tang), at=clock.now()
    )
    assert (ticket.priority, ticket.is_emergency) == (Priority.P1, True)
    assert ticket.severity == Priority.P3


def test_what_is_overdue_is_missed_and_not_superseded(cast: Cast) -> None:
    ticket = a_ticket(cast)
    at = beijing("04-21T10:30")
    services.escalate(cast.session, ticket, words="Worse.", has_work_stopped=False, by=cast.actor(cast.tang), at=at)
    services.settle_due(cast.session, at=at)
    assert promises(cast, ticket)[0][2] == Outcome.MISSED
