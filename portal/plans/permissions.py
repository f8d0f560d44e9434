"""Who may do what with plans and emergencies."""

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from portal.core.actor import Actor
from portal.core.errors import DomainError


class PlanError(DomainError):
    """A plan that can't be kept: nobody or several ``one-tells``, or who tells has another role, ``only-tells``."""


class EmergencyError(DomainError):
    """Something that can't be done now.

    ``has-ended``, ``not-ended``, ``not-yours`` to tell customers, ``needs-ticket``, ``runs-already`` for the ticket,
    ``not-theirs``, ``needs-words``, ``due-has-passed``, ``looked-back``.
    """


class Held(Protocol):
    """A role in an emergency, and who holds it."""

    @property
    def agent_id(self) -> UUID:
        """Who was called."""

    @property
    def tells_customers(self) -> bool:
        """Whether telling customers is all that they do."""


def may_plan(actor: Actor) -> bool:
    """Whether somebody may write plans: whoever sets the portal up."""
    return actor.is_admin


def may_tell(actor: Actor, held: Iterable[Held]) -> bool:
    """Whether somebody is the one whose only job is telling customers."""
    return any(each.tells_customers and each.agent_id == actor.agent_id for each in held)
