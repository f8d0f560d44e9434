"""What a person may do with a ticket."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from portal.core.actor import ANONYMOUS, Actor, Role
from portal.tickets.models import TicketState
from portal.tickets.permissions import allowed_actions

NOW = datetime(2026, 4, 21, 2, 2, tzinfo=UTC)
OWNER = uuid4()
OPEN = {"reply", "escalate", "cancel"}


@dataclass(frozen=True)
class Standing:
    """A ticket as far as actions depend on it."""

    state: TicketState
    contact_id: UUID | None = OWNER
    closed_at: datetime | None = None


@pytest.mark.parametrize(
    ("state", "closed_days_ago", "actions"),
    [
        (TicketState.NEW, None, OPEN),
        (TicketState.TRIAGED, None, OPEN),
        (TicketState.IN_PROGRESS, None, OPEN),
        (TicketState.WAITING_CUSTOMER, None, OPEN),
        (TicketState.WAITING_INTERNAL, None, OPEN),
        (TicketState.WAITING_VENDOR, None, OPEN),
        (TicketState.FIX_SCHEDULED, None, OPEN | {"accept"}),
        (TicketState.RESOLVED, None, {"confirm", "reopen"}),
        (TicketState.CLOSED, 14, {"reopen"}),
        (TicketState.CLOSED, 15, {"follow_up"}),
        (TicketState.DUPLICATE, 1, {"follow_up"}),
        (TicketState.CANCELLED, 1, {"follow_up"}),
    ],
)
def test_a_customer_may_do_exactly_this(state: TicketState, closed_days_ago: int | None, actions: set[str]) -> None:
    closed_at = NOW - timedelta(days=closed_days_ago) if closed_days_ago is not None else None
    colleague = Actor(role=Role.CONTACT, contact_id=uuid4())
    assert allowed_actions(Standing(state, closed_at=closed_at), colleague, at=NOW) == actions


def test_the_owner_shares_and_so_does_the_manager() -> None:
    owner, manager = Actor(role=Role.CONTACT, contact_id=OWNER), Actor(role=Role.MANAGER, contact_id=uuid4())
    for actor in (owner, manager):
        assert "share" in allowed_actions(Standing(TicketState.NEW), actor, at=NOW)


@pytest.mark.parametrize(
    ("state", "actions"),
    [
        (TicketState.NEW, {"note", "update", "assign", "share", "move", "resolve"}),
        (TicketState.RESOLVED, {"note", "update", "assign", "share", "reopen"}),
        (TicketState.CLOSED, {"note", "reopen"}),
        (TicketState.CANCELLED, {"note"}),
    ],
)
def test_an_agent_may_do_exactly_this(state: TicketState, actions: set[str]) -> None:
    closed_at = NOW if state in (TicketState.CLOSED, TicketState.CANCELLED) else None
    assert allowed_actions(Standing(state, closed_at=closed_at), Actor(role=Role.AGENT), at=NOW) == actions


def test_nobody_signed_out_may_do_anything() -> None:
    assert allowed_actions(Standing(TicketState.NEW), ANONYMOUS, at=NOW) == set()
