"""What people do with tickets in these tests, and what came of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from portal.agreements.models import PromisePolicy
from portal.agreements.services import save_policy
from portal.agreements.terms import Policy
from portal.core import clock
from portal.core.actor import SYSTEM
from portal.outbox.models import OutboxMessage
from portal.tickets import services
from portal.tickets.models import Event, Promise, PromiseOutcome, Ticket, TicketState
from portal.tickets.services import Resolution, StateChange, Update
from tests.portal.tickets.cast import Cast

MINUTE = timedelta(minutes=1)
SOLVED = Resolution("A key switched the input method.", "Press {key:F7} once.", "The corner shows the method.")


def beijing(text: str) -> datetime:
    """Return a moment of 2026 in Beijing."""
    return datetime.fromisoformat(f"2026-{text}+08:00").astimezone(UTC)


def promises(cast: Cast, ticket: Ticket) -> list[tuple[str, datetime, str | None]]:
    """Return what was promised for a ticket, and how it ended."""
    rows = cast.session.execute(
        select(Promise.kind, Promise.due_at, PromiseOutcome.outcome)
        .outerjoin(PromiseOutcome, PromiseOutcome.promise_id == Promise.id)
        .where(Promise.ticket_id == ticket.id)
        .order_by(Promise.made_at, Promise.id)
    )
    return [(kind, due_at, outcome) for kind, due_at, outcome in rows]


def told(cast: Cast, kind: str) -> list[Any]:
    """Return who was told something of a kind."""
    return list(cast.session.scalars(select(OutboxMessage.person_id).where(OutboxMessage.kind == kind)))


def update(cast: Cast, ticket: Ticket, body: str = "We found it.", **values: Any) -> Event:
    """Let the agent write to the customer."""
    at = values.pop("at", clock.now())
    return services.add_update(cast.session, ticket, update=Update(body, **values), by=cast.actor(cast.agent), at=at)


def reply(cast: Cast, ticket: Ticket, body: str = "All three windows.", at: datetime | None = None) -> Event:
    """Let the customer write."""
    by = cast.actor(cast.tang)
    return services.add_update(cast.session, ticket, update=Update(body), by=by, at=at or clock.now())


def move(cast: Cast, ticket: Ticket, to: TicketState, **values: Any) -> Event:
    """Let the agent move a ticket."""
    at = values.pop("at", clock.now())
    change = StateChange(to=to, **values)
    return services.change_state(cast.session, ticket, change=change, by=cast.actor(cast.agent), at=at)


def resolve(cast: Cast, ticket: Ticket, at: datetime | None = None) -> Event:
    """Let the agent solve a ticket."""
    by = cast.actor(cast.agent)
    return services.resolve(cast.session, ticket, resolution=SOLVED, by=by, at=at or clock.now())


def promise_by(cast: Cast, policy: Policy, at: datetime | None = None) -> PromisePolicy:
    """Let an admin decide on a policy."""
    row = save_policy(cast.session, policy, by=SYSTEM, at=at or clock.now())
    cast.session.commit()
    return row
