"""The ledger under any course of events: what anybody may do, in any order, at any time."""

from collections.abc import Callable
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agreements.terms import Policy, Targets
from portal.core import clock
from portal.core.errors import DomainError
from portal.tickets import services
from portal.tickets.models import (
    Audience,
    Event,
    Outcome,
    Priority,
    Promise,
    PromiseKind,
    PromiseOutcome,
    Ticket,
    TicketState,
    WaitReason,
)
from portal.tickets.services import Resolution, StateChange, Update
from tests.portal.tickets.cast import Cast, a_ticket
from tests.portal.tickets.services.acts import promise_by

Step = tuple[str, int]
ACTS = [
    "update", "reply", "note", "settle", "ask", "rest", "plan", "go on", "resolve", "confirm", "reopen", "escalate",
    "assign", "describe", "cancel", "accept", "raise", "lower",
]  # fmt: skip
OVER = {"waiting_customer", "resolved", "closed", "duplicate", "cancelled"}
steps = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 4000)), min_size=1, max_size=25)


def act(cast: Cast, ticket: Ticket, what: str, at: datetime) -> None:
    """Do one thing, as the right person."""
    session, agent, customer = cast.session, cast.actor(cast.agent), cast.actor(cast.tang)

    def go(change: StateChange) -> Callable[[], object]:
        return lambda: services.change_state(session, ticket, change=change, by=agent, at=at)

    solved = Resolution("a", "b", "c")
    acts: dict[str, Callable[[], object]] = {
        "update": lambda: services.add_update(session, ticket, update=Update(f"News of {at}"), by=agent, at=at),
        "reply": lambda: services.add_update(session, ticket, update=Update("Hello"), by=customer, at=at),
        "note": lambda: services.add_note(session, ticket, body="Inside", by=agent, at=at),
        "settle": lambda: services.settle_due(session, at=at),
        "ask": go(StateChange(to=TicketState.WAITING_CUSTOMER, words="Which key?")),
        "rest": go(StateChange(to=TicketState.WAITING_INTERNAL, reason=WaitReason.REVIEW)),
        "plan": go(
            StateChange(to=TicketState.FIX_SCHEDULED, fix_version="5.6.3", fix_on=at.date() + timedelta(days=20))
        ),
        "go on": go(StateChange(to=TicketState.IN_PROGRESS)),
        "resolve": lambda: services.resolve(session, ticket, resolution=solved, by=agent, at=at),
        "confirm": lambda: services.confirm(session, ticket, by=customer, at=at),
        "reopen": lambda: services.reopen(session, ticket, by=customer, at=at),
        "escalate": lambda: services.escalate(
            session, ticket, words="Worse", has_work_stopped=False, by=customer, at=at
        ),
        "assign": lambda: services.assign(session, ticket, agent_id=cast.agent.id, by=agent, at=at),
        "describe": lambda: services.revise_snapshot(session, ticket, document={"a": 1}, by=customer, at=at),
        "cancel": lambda: services.cancel(session, ticket, by=customer, at=at),
        "accept": lambda: services.accept_date(session, ticket, by=customer, at=at),
        "raise": lambda: services.prioritise(session, ticket, priority=Priority.P1, because="", by=agent, at=at),
        "lower": lambda: services.prioritise(session, ticket, priority=Priority.P4, because="", by=agent, at=at),
    }
    acts[what]()


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(course=steps)
def test_whatever_happens_the_ledger_holds(cast: Cast, course: list[Step]) -> None:
    promise_by(cast, Policy("solved", rank=5, targets=Targets(resolution={"P1": 120, "P3": 960})))
    ticket, at = a_ticket(cast), clock.now()
    for what, minutes in course:
        at += timedelta(minutes=minutes)
        seq = ticket.last_seq
        try:
            act(cast, ticket, what, at)
        except DomainError:
            # What is refused leaves nothing behind.
            assert ticket.last_seq == seq
        cast.session.flush()
        check(cast.session, ticket)
    # Other courses must not meet this ticket when they look at the clock.
    cast.session.rollback()


def check(session: Session, ticket: Ticket) -> None:
    """Check everything that must be true of a ticket after anything."""
    events = session.scalars(select(Event).where(Event.ticket_id == ticket.id).order_by(Event.seq)).all()
    promises = session.scalars(select(Promise).where(Promise.ticket_id == ticket.id)).all()
    outcomes = {
        each.promise_id: each
        for each in session.scalars(
            select(PromiseOutcome).where(PromiseOutcome.promise_id.in_([promise.id for promise in promises]))
        )
    }
    still_open = [each for each in promises if each.id not in outcomes]
    assert [each.seq for each in events] == list(range(1, ticket.last_seq + 1))
    assert ticket.public_seq == max(each.seq for each in events if each.audience == Audience.CUSTOMER)
    assert ticket.next_due_at == min((each.due_at for each in still_open), default=None)
    kinds = sorted(each.kind for each in still_open)
    assert len(kinds) == len(set(kinds))
    assert bool(still_open) == (ticket.state not in OVER)
    assert (PromiseKind.RESOLUTION in kinds) <= (ticket.state not in OVER)
    assert ticket.warns_at is None or ticket.warns_at in {each.warns_at for each in still_open}
    assert (ticket.closed_at is not None) == (ticket.state in {"closed", "duplicate", "cancelled"})
    assert (ticket.closes_at is not None) == (ticket.state in {"waiting_customer", "resolved"})
    for promise in promises:
        assert promise.due_at > promise.made_at
        assert promise.warns_at is not None
        assert promise.made_at < promise.warns_at < promise.due_at
        if promise.id in outcomes:
            in_time = outcomes[promise.id].at <= promise.due_at
            assert in_time == (outcomes[promise.id].outcome != Outcome.MISSED)
