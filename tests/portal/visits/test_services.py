"""A visit is written down for the customer; what was agreed on it are promises of their own."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.errors import DomainError
from portal.tickets import messages
from portal.tickets.models import Event, EventKind, Ticket, TicketState
from portal.tickets.services import settle_due
from portal.tickets.services.actions import Agreed
from portal.visits import services
from portal.visits.models import Visit, VisitAction
from portal.visits.services import Report, VisitError
from tests.portal.tickets.cast import Cast, a_ticket
from tests.portal.tickets.services.acts import beijing, promises, resolve, told, update

FRIDAY = Agreed("Replace the second disk", date(2026, 4, 24))


def visit(cast: Cast, ticket: Ticket, *actions: Agreed, **values: object) -> Visit:
    """Let the agent write a visit down."""
    said = {"visited_on": date(2026, 4, 20), "who": "Chen Li", "found": "One disk is failing.", **values}
    report = Report(**said, actions=actions)  # type: ignore[arg-type]  # the values are of the report's own fields
    return services.record_visit(cast.session, ticket, report=report, by=cast.actor(cast.agent), at=clock.now())


def action(cast: Cast) -> VisitAction:
    cast.session.expire_all()
    return cast.session.scalars(select(VisitAction)).one()


def agreed(cast: Cast, ticket: Ticket) -> list[tuple[object, str | None]]:
    """Return by when something agreed is done, and how it ended."""
    return [(due_at, outcome) for kind, due_at, outcome in promises(cast, ticket) if kind == "action"]


def kinds(cast: Cast, ticket: Ticket) -> list[str]:
    return list(cast.session.scalars(select(Event.kind).where(Event.ticket_id == ticket.id).order_by(Event.seq)))


def test_what_is_agreed_is_a_promise(cast: Cast) -> None:
    ticket = a_ticket(cast)
    visit(cast, ticket, FRIDAY)
    assert agreed(cast, ticket) == [(beijing("04-24 18:00"), None)]


def test_a_visit_is_an_update_that_keeps_the_promise(cast: Cast) -> None:
    ticket = a_ticket(cast)
    visit(cast, ticket)
    assert promises(cast, ticket)[0][2] == "kept"
    assert ticket.state == TicketState.IN_PROGRESS
    assert told(cast, messages.UPDATE) == [cast.tang.person_id]


def test_no_update_ends_what_was_agreed(cast: Cast) -> None:
    ticket = a_ticket(cast)
    visit(cast, ticket, FRIDAY)
    update(cast, ticket, "The disk is ordered.")
    resolve(cast, ticket)
    assert agreed(cast, ticket) == [(beijing("04-24 18:00"), None)]


def test_what_was_agreed_is_not_the_next_update(cast: Cast) -> None:
    ticket = a_ticket(cast)
    visit(cast, ticket, Agreed("Bring a cable", date(2026, 4, 21)))
    assert ticket.next_due_at != beijing("04-21 18:00")


def test_done_in_time_is_kept(cast: Cast) -> None:
    ticket = a_ticket(cast)
    visit(cast, ticket, FRIDAY)
    services.finish_action(cast.session, ticket, action(cast), by=cast.actor(cast.agent), at=beijing("04-24 18:00"))
    assert [outcome for _due, outcome in agreed(cast, ticket)] == ["kept"]
    assert action(cast).next_due_at is None


def test_done_twice_is_refused(cast: Cast) -> None:
    ticket = a_ticket(cast)
    visit(cast, ticket, FRIDAY)
    by = cast.actor(cast.agent)
    services.finish_action(cast.session, ticket, action(cast), by=by, at=clock.now())
    with pytest.raises(VisitError, match="already-done"):
        services.finish_action(cast.session, ticket, action(cast), by=by, at=clock.now())


def test_late_is_missed_with_an_apology_and_a_new_time(cast: Cast) -> None:
    ticket = a_ticket(cast)
    visit(cast, ticket, FRIDAY)
    assert services.settle_actions(cast.session, at=beijing("04-24 18:01")) == 1
    assert [outcome for _due, outcome in agreed(cast, ticket)] == ["missed", None]
    assert agreed(cast, ticket)[1][0] > beijing("04-24 18:01")  # type: ignore[operator]  # a moment
    assert kinds(cast, ticket)[-1] == EventKind.ACTION_LATE
    assert len(told(cast, messages.UPDATE)) == 2


def test_the_same_minute_apologises_once(cast: Cast) -> None:
    ticket = a_ticket(cast)
    visit(cast, ticket, FRIDAY)
    services.settle_actions(cast.session, at=beijing("04-24 18:01"))
    assert services.settle_actions(cast.session, at=beijing("04-24 18:01")) == 0


def test_at_the_very_moment_it_is_in_time(cast: Cast) -> None:
    visit(cast, a_ticket(cast), FRIDAY)
    assert services.settle_actions(cast.session, at=beijing("04-24 18:00")) == 0


def test_the_clock_of_updates_leaves_it_alone(cast: Cast) -> None:
    ticket = a_ticket(cast)
    visit(cast, ticket, FRIDAY)
    settle_due(cast.session, at=beijing("04-24 18:01") + timedelta(days=1))
    assert agreed(cast, ticket) == [(beijing("04-24 18:00"), None)]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"who": " "}, "needs-who"),
        ({"found": ""}, "needs-words"),
        ({"visited_on": date(2026, 4, 22)}, "not-yet"),
    ],
)
def test_half_a_report_is_refused(cast: Cast, values: dict[str, object], code: str) -> None:
    ticket = a_ticket(cast)
    with pytest.raises(VisitError, match=code):
        visit(cast, ticket, **values)
    assert cast.session.scalars(select(Visit)).all() == []


def test_a_day_that_has_passed_is_no_promise(cast: Cast) -> None:
    with pytest.raises(VisitError, match="due-has-passed"):
        visit(cast, a_ticket(cast), Agreed("Too late", date(2026, 4, 20)))


def test_no_customer_writes_a_visit_down(cast: Cast) -> None:
    ticket = a_ticket(cast)
    report = Report(date(2026, 4, 20), "Tang", "I was there.")
    with pytest.raises(DomainError, match="not-now"):
        services.record_visit(cast.session, ticket, report=report, by=cast.actor(cast.tang), at=clock.now())
