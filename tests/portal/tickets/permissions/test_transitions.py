"""The one guard table."""

import pytest

from portal.core.actor import SYSTEM, Actor, Role
from portal.tickets.models import TicketState as State
from portal.tickets.permissions import TABLE, Need, TransitionError, Who, require, targets

ACTORS = {Who.CUSTOMER: Actor(role=Role.CONTACT), Who.AGENT: Actor(role=Role.AGENT), Who.CLOCK: SYSTEM}
OPEN = {"new", "triaged", "in_progress", "waiting_customer", "waiting_internal", "waiting_vendor", "fix_scheduled"}
AT_WORK = OPEN - {"new", "triaged"}
EVERYTHING = frozenset(Need)


def expected(start: State, end: State, who: Who) -> bool:
    """Say the rules of the domain once more, in other words than the table."""
    if who is Who.CLOCK:
        return start in ("waiting_customer", "resolved") and end == "closed"
    if start in OPEN and end == "cancelled":
        return True
    if (start, end) in {("resolved", "in_progress"), ("closed", "in_progress")}:
        return True
    if who is Who.CUSTOMER:
        return (start, end) in {("waiting_customer", "in_progress"), ("resolved", "closed")}
    if (start, end) == ("new", "triaged"):
        return True
    if start == end:
        return start in ("waiting_internal", "fix_scheduled")
    return start in OPEN and end in AT_WORK | {"resolved", "duplicate"}


@pytest.mark.parametrize("who", list(Who))
@pytest.mark.parametrize("end", list(State))
@pytest.mark.parametrize("start", list(State))
def test_only_what_the_table_holds_is_allowed(start: State, end: State, who: Who) -> None:
    if expected(start, end, who):
        require(start, end, by=ACTORS[who], given=EVERYTHING)
    else:
        with pytest.raises(TransitionError, match="not-allowed"):
            require(start, end, by=ACTORS[who], given=EVERYTHING)


@pytest.mark.parametrize("move", [move for move, needs in TABLE.items() if needs], ids=str)
def test_a_move_without_what_it_needs_is_refused(move: tuple[State, State, Who]) -> None:
    start, end, who = move
    with pytest.raises(TransitionError, match="needs-"):
        require(start, end, by=ACTORS[who])


def test_targets_are_where_the_table_leads() -> None:
    assert targets(State.RESOLVED, by=ACTORS[Who.CUSTOMER]) == [State.IN_PROGRESS, State.CLOSED]
    assert targets(State.CANCELLED, by=ACTORS[Who.AGENT]) == []
