"""The one guard table: from where to where a ticket may move, who may move it, and what that needs."""

from collections.abc import Iterator, Mapping, Set
from enum import StrEnum

from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.tickets.models import TicketState as State


class Who(StrEnum):
    """On whose behalf a ticket moves."""

    CUSTOMER = "customer"
    AGENT = "agent"
    CLOCK = "clock"


class Need(StrEnum):
    """What must come with a move, or be true of it."""

    QUESTION = "question"
    REASON = "reason"
    FIX_VERSION = "fix-version"
    RESOLUTION = "resolution"
    OTHER_TICKET = "other-ticket"
    """The ticket in which we go on."""
    IN_TIME = "in-time"
    """Closed not longer ago than the window for reopening."""
    OVERDUE = "overdue"
    """The time at which it closes by itself has come."""


class TransitionError(DomainError):
    """A ticket can't move there, or something that the move needs is missing."""


Move = tuple[State, State, Who]
_NEEDS: Mapping[State, Need] = {
    State.WAITING_CUSTOMER: Need.QUESTION,
    State.WAITING_INTERNAL: Need.REASON,
    State.FIX_SCHEDULED: Need.FIX_VERSION,
    State.RESOLVED: Need.RESOLUTION,
    State.DUPLICATE: Need.OTHER_TICKET,
}
_AGAIN = frozenset({State.WAITING_INTERNAL, State.FIX_SCHEDULED})
"""Where a ticket may stay and yet move on: to the next reason, to another version or day."""
_FRESH = (State.NEW, State.TRIAGED)
_AT_WORK = (
    State.IN_PROGRESS,
    State.WAITING_CUSTOMER,
    State.WAITING_INTERNAL,
    State.WAITING_VENDOR,
    State.FIX_SCHEDULED,
)
_BESIDE: Mapping[Move, tuple[Need, ...]] = {
    (State.NEW, State.TRIAGED, Who.AGENT): (),
    (State.WAITING_CUSTOMER, State.IN_PROGRESS, Who.CUSTOMER): (),
    (State.WAITING_CUSTOMER, State.CLOSED, Who.CLOCK): (Need.OVERDUE,),
    (State.RESOLVED, State.CLOSED, Who.CUSTOMER): (),
    (State.RESOLVED, State.CLOSED, Who.CLOCK): (Need.OVERDUE,),
    (State.RESOLVED, State.IN_PROGRESS, Who.CUSTOMER): (),
    (State.RESOLVED, State.IN_PROGRESS, Who.AGENT): (),
    (State.CLOSED, State.IN_PROGRESS, Who.CUSTOMER): (Need.IN_TIME,),
    (State.CLOSED, State.IN_PROGRESS, Who.AGENT): (Need.IN_TIME,),
}


def _moves() -> Iterator[tuple[Move, frozenset[Need]]]:
    for start in (*_FRESH, *_AT_WORK):
        for end in (*_AT_WORK, State.RESOLVED):
            # An answer or a question can be the first thing a customer hears; nobody has to click through the states.
            if end is not start or end in _AGAIN:
                yield (start, end, Who.AGENT), frozenset({_NEEDS[end]} if end in _NEEDS else ())
        yield (start, State.DUPLICATE, Who.AGENT), frozenset({_NEEDS[State.DUPLICATE]})
        yield (start, State.CANCELLED, Who.AGENT), frozenset()
        yield (start, State.CANCELLED, Who.CUSTOMER), frozenset()
    yield from ((move, frozenset(needs)) for move, needs in _BESIDE.items())


TABLE: Mapping[Move, frozenset[Need]] = dict(_moves())
"""Every allowed move with what it needs; whatever isn't here is refused."""


def who_is(actor: Actor) -> Who:
    """Return on whose behalf somebody acts; nobody in particular is the clock."""
    if actor.is_agent:
        return Who.AGENT
    return Who.CUSTOMER if actor.is_customer else Who.CLOCK


def require(start: State, end: State, *, by: Actor, given: Set[Need] = frozenset()) -> None:
    """Raise TransitionError ``not-allowed``, or ``needs-...`` for the first thing that is missing."""
    needs = TABLE.get((start, end, who_is(by)))
    if needs is None:
        raise TransitionError("not-allowed", start=start, end=end)
    for need in sorted(needs - given):
        raise TransitionError(f"needs-{need}", start=start, end=end)


def targets(start: State, *, by: Actor) -> list[State]:
    """Return where somebody may move a ticket to from where it stands."""
    return [end for end in State if (start, end, who_is(by)) in TABLE]
