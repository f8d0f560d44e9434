"""Who may do what with plans and emergencies."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Protocol, TypeVar
from uuid import UUID

from portal.core.actor import Actor
from portal.core.errors import DomainError


class PlanError(DomainError):
    """A plan that can't be kept: nobody or several ``one-tells``, or who tells has another role, ``only-tells``."""


class EmergencyError(DomainError):
    """Something that can't be done now.

    ``has-ended``, ``not-ended``, ``not-yours`` to tell customers, ``not-named`` to take that over, ``needs-ticket``,
    ``runs-already`` for the ticket, ``runs-nearby`` for another ticket of the same organisation, ``drill-runs`` of the
    same plan, ``not-theirs``, ``needs-words``, ``due-has-passed``, ``looked-back``.
    """


class Held(Protocol):
    """A role in an emergency, and who holds it."""

    @property
    def agent_id(self) -> UUID:
        """Who was called."""

    @property
    def tells_customers(self) -> bool:
        """Whether telling customers is all that they do."""

    @property
    def substitute_id(self) -> UUID | None:
        """Who is called next where they don't answer."""

    @property
    def called_at(self) -> datetime:
        """When they were called, or took it over."""

    @property
    def answered_at(self) -> datetime | None:
        """When they said that they are there."""


_Held = TypeVar("_Held", bound=Held)


def may_plan(actor: Actor) -> bool:
    """Whether somebody may write plans: whoever sets the portal up."""
    return actor.is_admin


def tellers(held: Iterable[_Held]) -> list[_Held]:
    """Return who tells the customers: the one who was called last and is there; while nobody is, whoever was called."""
    called = sorted((each for each in held if each.tells_customers), key=attrgetter("called_at"))
    there = [each for each in called if each.answered_at is not None]
    return there[-1:] or called


def may_tell(actor: Actor, held: Sequence[Held]) -> bool:
    """Whether somebody is the one whose only job is telling customers."""
    return any(each.agent_id == actor.agent_id for each in tellers(held))


def is_named(actor: Actor, held: Iterable[Held]) -> bool:
    """Whether somebody was called, or would be called next."""
    return any(actor.agent_id in (each.agent_id, each.substitute_id) for each in held if actor.agent_id)
