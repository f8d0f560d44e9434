"""The way of a fault: which step may follow which, and what each needs."""

from collections.abc import Mapping

from portal.core.errors import DomainError
from portal.faults.models import FaultState

State = FaultState
NEXT: Mapping[FaultState, tuple[FaultState, ...]] = {
    State.REPORTED: (State.VERIFYING, State.CLOSED),
    State.VERIFYING: (State.IN_REVIEW, State.CLOSED),
    State.IN_REVIEW: (State.PLANNED, State.VERIFYING, State.CLOSED),
    State.PLANNED: (State.IN_REVIEW, State.CLOSED),
    State.RELEASED: (State.VERIFYING,),
    State.CLOSED: (State.VERIFYING,),
}
"""A planned fault is released by its version alone; one that comes back is verified anew."""


class FaultError(DomainError):
    """A fault can't be moved so: ``not-from-here``, ``no-version``, ``no-solution``, ``no-words``."""


def require_step(start: FaultState, end: FaultState) -> None:
    """Raise FaultError unless one step may follow the other."""
    if end not in NEXT[start]:
        raise FaultError("not-from-here")
