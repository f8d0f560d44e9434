"""Opening a ticket."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from portal.agreements.shipped import POLICIES
from portal.core import clock
from portal.tickets import messages, services
from portal.tickets.models import Audience, Event, EventKind, Priority, Promise, PromiseKind, Snapshot
from tests.portal.tickets.cast import DOCUMENT, Cast, a_ticket
from tests.portal.tickets.services.acts import MINUTE, beijing, promise_by, promises, told

_, BY_PRIORITY = POLICIES


def test_it_opens_with_number_event_promise_snapshot_and_message(cast: Cast) -> None:
    ticket = a_ticket(cast)
    event = cast.session.scalars(select(Event).where(Event.ticket_id == ticket.id)).one()
    snapshot = cast.session.scalars(select(Snapshot).where(Snapshot.ticket_id == ticket.id)).one()
    assert ticket.reference == "T-2026-000001"
    assert (event.seq, event.kind, event.audience) == (1, EventKind.OPENED, Audience.CUSTOMER)
    assert promises(cast, ticket) == [(PromiseKind.FIRST_REPLY, beijing("04-21T10:17"), None)]
    assert (snapshot.revision, ticket.revision, snapshot.schema) == (1, 1, "problem-snapshot/1")
    assert told(cast, messages.RECEIVED) == [cast.tang.person_id]


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        ("04-21T10:00", "04-21T10:15"),
        ("04-21T17:55", "04-21T18:55"),
        ("04-18T03:00", "04-18T04:00"),
        ("04-21T08:50", "04-21T09:15"),
    ],
)
def test_the_first_reply_comes_when_the_default_policy_says(cast: Cast, opened: str, due: str) -> None:
    assert a_ticket(cast, at=beijing(opened)).next_due_at == beijing(due)


@pytest.mark.parametrize(("priority", "minutes"), [("P1", 30), ("P2", 60), ("P3", 15)])
def test_a_policy_by_priority_has_times_of_its_own(cast: Cast, priority: str, minutes: int) -> None:
    promise_by(cast, replace(BY_PRIORITY, is_on=True))
    ticket = a_ticket(cast, severity=Priority(priority))
    assert ticket.policy == "by_priority"
    assert ticket.next_due_at == clock.now() + minutes * MINUTE


def test_a_promise_remembers_the_policy_and_the_calendar_it_was_made_by(cast: Cast) -> None:
    ticket = a_ticket(cast)
    assert (
        cast.session.scalars(select(Promise.source).where(Promise.ticket_id == ticket.id)).one()
        == "default/1 cn-office/1"
    )


def test_a_call_back_that_nobody_verified_tells_nobody(cast: Cast) -> None:
    a_ticket(cast, organisation_id=None, contact_id=None)
    assert told(cast, messages.RECEIVED) == []


def test_a_new_revision_stands_beside_the_old_one(cast: Cast) -> None:
    ticket = a_ticket(cast)
    document = {**DOCUMENT, "impact": {"scope": "hospital"}}
    services.revise_snapshot(cast.session, ticket, document=document, by=cast.actor(cast.tang), at=clock.now())
    cast.session.flush()
    revisions = cast.session.scalars(select(Snapshot.revision).where(Snapshot.ticket_id == ticket.id)).all()
    assert sorted(revisions) == [1, 2]
